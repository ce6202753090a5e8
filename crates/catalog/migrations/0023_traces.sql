-- phase: expand
--
-- Who asked for an operation: the span of the call, as W3C Trace Context writes it. So whoever works on it, in whichever process and
-- however much later, is told of in the same trace. Empty where nobody has asked.
alter table operations add column trace_parent text;

-- phase: expand
--
-- A studio's few hundred clients look like less work to read one by one than to look up, since the planner takes the
-- comparison of two texts by their trigrams for as cheap as that of two numbers. It is the work of milliseconds: by the
-- index it is done for those that could be alike, and not for all.

alter function clients_alike(text) set enable_seqscan = off;

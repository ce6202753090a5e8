-- phase: expand
--
-- Which tables the law wants kept when a studio is erased, for whoever erases it: what was issued, its lines, and the journal that proves
-- that nothing of it was changed. Nothing as long as nothing was issued: drafts are no documents.

create function cloison_fiscal_tables() returns setof text
    language sql stable
    set search_path = public, pg_temp
    as $$
        select name
        from unnest(array['invoices', 'invoice_lines', 'fiscal_journal', 'fiscal_keys', 'fiscal_chain_head', 'doc_counters']) as name
        where exists (select from invoices where status = 'ISSUED')
            or exists (select from fiscal_journal)
    $$;

revoke execute on function cloison_fiscal_tables() from public;

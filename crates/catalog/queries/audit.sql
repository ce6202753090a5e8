--! audit_append
select audit_append(:actor, :action, :subject, :detail) as id;

--! audit_page (before?, actor?, action?, subject?) : (id, at, actor, action, subject, detail)
select id, at, actor, action, subject, detail
from audit_log
where (:before::bigint is null or id < :before::bigint)
    and (:actor::text is null or actor = :actor::text)
    and (:action::text is null or action = :action::text)
    and (:subject::text is null or subject = :subject::text)
order by id desc
limit :row_limit;

--! audit_chain : (id, format, written, actor, action, subject, detail, previous_hash, hash)
select
    id,
    format,
    to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as written,
    actor,
    action,
    subject,
    detail::text as detail,
    previous_hash,
    hash
from audit_log
where id > :after
order by id
limit :row_limit;

--! audit_head : (last_id, last_hash)
select last_id, last_hash
from audit_head;

--! audit_append
select audit_append(:actor, :action, :subject, :detail) as id;

--! audit_page (before?) : (id, at, actor, action, subject, detail)
select id, at, actor, action, subject, detail
from audit_log
where :before::bigint is null or id < :before::bigint
order by id desc
limit :row_limit;

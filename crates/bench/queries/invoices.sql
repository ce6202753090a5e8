--! invoices_list
select i.id, i.number, i.type, i.issue_date, i.due_date, c.display_name as client_name,
    i.gross_cents, i.paid_cents, i.payment_status
from invoices i
join clients c on c.id = i.client_id
where i.status = 'ISSUED'
  and i.issue_date <= :today
order by i.issue_date desc, i.number desc
limit 50;

--! shadows_past
-- Numbers grow, and one rollout runs at a time: no rollout up to this one has any use for copies.
select coalesce(max(rollouts.number), 0) as number
from rollouts
join operations on operations.id = rollouts.operation_id
where operations.state <> 'RUNNING'
    or operations.step <> 'shadow_run';

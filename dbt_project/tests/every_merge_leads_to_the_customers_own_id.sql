-- The reasons given for merges hang together: from alias to matched alias one comes to the id of the customer.
with recursive

merged as (
    select * from {{ ref('fct_customer_merges') }}
),

explained as (
    select alias_id from merged
    where matched_alias_id = customer_id
    union
    select merged.alias_id
    from merged
    inner join explained on merged.matched_alias_id = explained.alias_id
)

select merged.alias_id
from merged
left join explained on merged.alias_id = explained.alias_id
where explained.alias_id is null

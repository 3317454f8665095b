with

found as (
    select * from {{ ref('int_persons_matched') }}
    where matched_person_key is not null
),

rules as (
    select * from {{ ref('match_rules') }}
),

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
),

merged as (
    select
        ours.alias_id,
        ours.customer_id,
        theirs.alias_id as matched_alias_id,
        found.rule,
        rules.strength,
        found.merged_since
    from found
    inner join rules on found.rule = rules.rule
    inner join person_keys as ours on found.person_key = ours.person_key
    inner join person_keys as theirs on found.matched_person_key = theirs.person_key
)

select * from merged

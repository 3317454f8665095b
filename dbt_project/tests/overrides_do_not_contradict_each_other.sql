-- The same pair in both verdicts, or two that must never be one and yet are, by a chain of others that must always be.
with

overrides as (
    select
        verdict,
        least(alias_id, other_alias_id) as one,
        greatest(alias_id, other_alias_id) as other
    from {{ ref('identity_overrides') }}
),

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
),

contradictions as (
    select
        one,
        other
    from overrides
    group by one, other
    having count(distinct verdict) > 1
    union
    select
        overrides.one,
        overrides.other
    from overrides
    inner join person_keys as ours on overrides.one = ours.alias_id
    inner join person_keys as theirs on overrides.other = theirs.alias_id
    where overrides.verdict = 'never' and ours.customer_id = theirs.customer_id
)

select * from contradictions

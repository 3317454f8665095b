with

found as (
    select * from {{ ref('int_persons_matched') }}
    where is_refused
),

refused as (
    select
        {{ keyed_hash('cluster_key') }} as first_alias_id,
        count(*) as person_keys,
        count(distinct split_part(person_key, ':', 1)) as shops
    from found
    group by cluster_key
)

select * from refused

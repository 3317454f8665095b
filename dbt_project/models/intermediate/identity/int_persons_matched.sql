-- depends_on: {{ ref('int_persons_regrouped') }}
{{ config(materialized='incremental', pre_hook="{{ forget('int_persons_regrouped') }}") }}

with

persons as (
    select * from {{ ref('int_persons_numbered') }}
),

pairs as (
    select * from {{ ref('int_persons_paired') }}
),

components as (
    {{ components_of('pairs') }} -- noqa: PRS
),

sized as (
    select
        node,
        component,
        reached_from,
        count(*) over (partition by component) as cluster_keys
    from components
),

named as (
    select
        persons.person_key,
        coalesce(sized.cluster_keys, 1) as cluster_keys,
        coalesce(sized.cluster_keys > {{ var('cluster_limit') }}, false) as is_refused,
        lowest.person_key as cluster_key,
        neighbours.person_key as matched_person_key,
        pairs.rule,
        pairs.tied_since
    from persons
    left join sized on persons.person_number = sized.node
    left join persons as lowest on sized.component = lowest.person_number
    left join persons as neighbours on sized.reached_from = neighbours.person_number
    left join pairs on sized.node = pairs.node and sized.reached_from = pairs.other
),

matched as (
    select
        person_key,
        case when is_refused then person_key else coalesce(cluster_key, person_key) end as first_person_key,
        coalesce(cluster_key, person_key) as cluster_key,
        cluster_keys,
        is_refused,
        case when not is_refused then matched_person_key end as matched_person_key,
        case when not is_refused then rule end as rule,
        case when not is_refused then tied_since end as merged_since
    from named
)

select * from matched

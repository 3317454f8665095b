-- depends_on: {{ ref('int_persons_regrouped') }}
{{ config(materialized='incremental', pre_hook="{{ forget('int_persons_regrouped') }}") }}

with

numbered as (
    select * from {{ ref('int_persons_numbered') }}
),

matched as (
    select * from {{ ref('int_persons_matched') }}
),

match_keys as (
    select * from {{ ref('int_match_keys') }}
),

rules as (
    select * from {{ ref('match_rules') }}
    where kind = 'household'
),

persons as (
    select
        numbered.*,
        heads.person_number as customer_number,
        {{ keyed_hash('numbered.person_key') }} as alias_id
    from numbered
    inner join matched on numbered.person_key = matched.person_key
    inner join numbered as heads on matched.first_person_key = heads.person_key
),

ties as (
    select
        persons.customer_number as person_number,
        match_keys.match_key,
        match_keys.rule,
        rules.strength,
        match_keys.known_on
    from match_keys
    inner join rules on match_keys.rule = rules.rule
    inner join persons on match_keys.person_key = persons.person_key
),

pairs as ( -- noqa: ST03
    {{ pairs_of('ties') }}
),

components as (
    {{ components_of('pairs') }} -- noqa: PRS
),

houses as (
    select
        node,
        component,
        count(*) over (partition by component) <= {{ var('cluster_limit') }} as is_a_house
    from components
),

clustered as (
    select
        persons.person_key,
        persons.registered_on,
        persons.known_on,
        persons.first_ordered_at,
        persons.last_ordered_on,
        persons.is_of_own_shop,
        customers.alias_id as customer_id,
        persons.alias_id,
        left({{ hash_of("'household:' || coalesce(heads.alias_id, customers.alias_id)") }}, 32) as household_id
    from persons
    inner join persons as customers on persons.customer_number = customers.person_number
    left join houses on persons.customer_number = houses.node and houses.is_a_house
    left join persons as heads on houses.component = heads.person_number
)

select * from clustered

{{ config(materialized='incremental', pre_hook="{{ forget('int_persons_rematched') }}") }}

with

compared as (
    select * from {{ ref('int_statements_compared') }}
),

rules as (
    select * from {{ ref('match_rules') }}
),

weighed as (
    select
        kind,
        shared_value,
        count(distinct coalesce(name_folded, kana_folded)) as names,
        bool_or(is_unnamed) as has_unnamed
    from compared
    group by kind, shared_value
),

told as (
    select
        compared.*,
        weighed.names,
        weighed.has_unnamed
    from compared
    inner join weighed on compared.kind = weighed.kind and compared.shared_value = weighed.shared_value
),

spoken as (
    {% for rule, kind, name, condition in matching_rules() -%}
    select
        told.person_key,
        rules.rule,
        told.shared_value || '|' || {{ name }} as key_text,
        told.known_on,
        not told.is_unnamed as is_named
    from told
    inner join rules on told.names <= rules.names_limit
    where rules.rule = '{{ rule }}' and told.kind = '{{ kind }}' and {{ name }} is not null and {{ condition }}
    {{ 'union all' if not loop.last }}
    {% endfor -%}
),

keyed as (
    select
        person_key,
        {{ keyed_hash("rule || ':' || key_text") }} as match_key,
        rule,
        bool_or(is_named) as is_named,
        min(known_on) as known_on
    from spoken
    where {{ in_scope('person_key', 'int_persons_rematched') }}
    group by person_key, rule, key_text
)

select * from keyed

with recursive

rematched as (
    select * from {{ ref('int_persons_rematched') }}
),

{% for side in ['ours', 'theirs'] -%}
{{ side }} as (
    select
        person_key,
        match_key
    from {{ ref('int_match_keys') }}
    union all
    select
        person_key,
        match_key
    from {{ ref('int_overrides_resolved') }}
    union all
    select
        other_person_key as person_key,
        match_key
    from {{ ref('int_overrides_resolved') }}
),

{% endfor -%}

reached as (
    select person_key from rematched
    union
    select theirs.person_key
    from reached
    inner join ours on reached.person_key = ours.person_key
    inner join theirs on ours.match_key = theirs.match_key
)

select * from reached

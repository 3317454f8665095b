-- depends_on: {{ ref('int_persons_rematched') }}
with recursive

person_keys as (
    select * from {{ ref('int_person_keys_collected') }}
),

ties as (
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

{% if in_increment() -%}
changed as (
    select coalesce(person_keys.person_key, built.person_key) as person_key
    from person_keys
    full outer join {{ as_last_built('int_customers_clustered') }} as built on person_keys.person_key = built.person_key
    where
        {% for column in ['person_key', 'registered_on', 'known_on', 'first_ordered_at', 'is_of_own_shop'] -%}
        {{ 'or ' if not loop.first }}person_keys.{{ column }} is distinct from built.{{ column }}
        {% endfor -%}
),

{% endif -%}

reached as (
    {% if in_increment() -%}
    select person_key from {{ ref('int_persons_rematched') }}
    union
    select person_key from changed
    {% else -%}
    select person_key from person_keys
    where false
    {% endif -%}
    union
    select theirs.person_key
    from reached
    inner join ties as ours on reached.person_key = ours.person_key
    inner join ties as theirs on ours.match_key = theirs.match_key
)

select * from reached

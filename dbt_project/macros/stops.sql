{#- Who stands on the stop list in one of `scopes` on the day, by member, address or, where a stop names neither, telephone; and who
    has left or was erased. CTEs that end in `listed`, over the CTEs `person_keys`, `profiles` and `erased`. With `of_brand` each
    row names the brand that it holds for, a blank one all. -#}
{% macro stops_listed(scopes, reason, of_brand) -%}
{%- set brand = 'stops.brand_id,' if of_brand -%}
{%- set every_brand = 'cast(null as varchar) as brand_id,' if of_brand -%}
stops as (
    select
        *,
        case reason when 'left' then 'left_membership' else reason end as stop_reason
    from {{ ref('stg_joren__stops') }}
    where
        stop_scope in ('{{ scopes | join("', '") }}')
        and valid_from <= {{ as_of() }}
        and valid_to > {{ as_of() }}
),

listed as (
    select
        person_keys.customer_id,
        {{ brand }}
        stops.stop_reason as {{ reason }}
    from stops
    inner join person_keys on stops.person_key = person_keys.person_key
    union
    select
        profiles.customer_id,
        {{ brand }}
        stops.stop_reason as {{ reason }}
    from stops
    inner join profiles on stops.mail = profiles.mail
    union
    select
        profiles.customer_id,
        {{ brand }}
        stops.stop_reason as {{ reason }}
    from stops
    inner join profiles on stops.phone = profiles.phone
    where stops.person_key is null and stops.mail is null
    union
    select
        customer_id,
        {{ every_brand }}
        'left_membership' as {{ reason }}
    from profiles
    where has_left
    union
    select
        customer_id,
        {{ every_brand }}
        'erased' as {{ reason }}
    from erased
)
{%- endmacro %}

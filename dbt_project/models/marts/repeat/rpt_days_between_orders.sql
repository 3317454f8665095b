{%- set quarters = [('first_quartile_days', 1), ('median_days', 2), ('third_quartile_days', 3)] -%}
with

pairs as (
    select
        *,
        least({{ bucket_of('days', 10) }}, 72) * 10 as days_from
    from {{ ref('int_purchase_pairs_counted') }}
),

bucketed as (
    select
        first_item,
        purchase_type,
        from_number,
        to_number,
        days_from,
        {%- for name, quarter in quarters %}
        min(days) filter (where customers_so_far * 4 >= total * {{ quarter }}) as {{ name }},
        {%- endfor %}
        cast(sum(customers) as bigint) as customers,
        max(customers_so_far) as customers_so_far,
        max(total) as total
    from pairs
    group by first_item, purchase_type, from_number, to_number, days_from
),

shared as (
    select
        first_item,
        purchase_type,
        cast(from_number as bigint) as from_number,
        cast(to_number as bigint) as to_number,
        days_from,
        {%- for name, quarter in quarters %}
        min({{ name }}) over pair as {{ name }},
        {%- endfor %}
        case when days_from < 720 then days_from + 10 end as days_to,
        customers,
        round(customers / total, 6) as share,
        round(customers_so_far / total, 6) as cumulative_share
    from bucketed
    window pair as (partition by first_item, purchase_type, from_number, to_number)
)

select * from shared

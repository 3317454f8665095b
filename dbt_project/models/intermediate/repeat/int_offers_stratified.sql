with

observed as (
    select
        {{ month_of('baskets.purchased_on') }} as month_on,
        bands.basket_from,
        windows.window_days,
        baskets.has_coupon,
        baskets.has_free_shipping,
        count(*) as customers,
        count(*) filter (
            where baskets.next_purchased_on <= {{ days_after('baskets.purchased_on', 'windows.window_days') }}
        ) as repeaters
    from {{ ref('int_first_baskets_described') }} as baskets
    inner join {{ ref('basket_bands') }} as bands
        on
            baskets.basket_yen >= bands.basket_from
            and baskets.basket_yen < coalesce(bands.basket_to, baskets.basket_yen + 1)
    cross join {{ ref('repeat_windows') }} as windows
    where {{ days_after('last_day(baskets.purchased_on)', 'windows.window_days') }} < {{ as_of() }}
    group by
        {{ month_of('baskets.purchased_on') }}, bands.basket_from, windows.window_days,
        baskets.has_coupon, baskets.has_free_shipping
),

-- n1, r1: customers with the offer and those of them who bought again; n0, r0: without.
strata as (
    {% for offer in ['coupon', 'free_shipping'] -%}
    select
        '{{ offer }}' as offer,
        window_days,
        month_on,
        basket_from,
        coalesce(sum(customers) filter (where has_{{ offer }}), 0) as n1,
        coalesce(sum(repeaters) filter (where has_{{ offer }}), 0) as r1,
        coalesce(sum(customers) filter (where not has_{{ offer }}), 0) as n0,
        coalesce(sum(repeaters) filter (where not has_{{ offer }}), 0) as r0
    from observed
    group by window_days, month_on, basket_from
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from strata

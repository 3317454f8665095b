with

lines as (
    select * from {{ ref('int_order_lines_costed') }}
    where is_valid and customer_id is not null and product_kind in ('trial', 'regular')
),

media as (
    select * from {{ ref('int_order_media_chosen') }}
),

windows as (
    select * from {{ ref('repeat_windows') }}
),

trials as (
    select * from lines
    where product_kind = 'trial'
    qualify row_number() over (partition by customer_id order by ordered_on, order_id, line_id) = 1
),

followed as (
    select
        trials.customer_id,
        min(trials.ordered_on) as trial_on,
        min(trials.item_key) as item_key,
        coalesce(min(media.medium_id), 'unknown') as medium_id,
        min(lines.ordered_on) filter (where lines.order_id != trials.order_id) as raised_on,
        min(lines.ordered_on) filter (
            where lines.order_id != trials.order_id and lines.order_kind = 'subscription'
        ) as subscribed_on
    from trials
    left join media on trials.order_id = media.order_id
    left join lines on trials.customer_id = lines.customer_id and lines.product_kind = 'regular'
    group by trials.customer_id
),

prospects as (
    select * from followed
    where raised_on is null or raised_on >= trial_on
),

described as (
    {% set dimensions = {'all': "'all'", 'month': month_name('trial_on'), 'product': 'item_key', 'medium': 'medium_id'} -%}
    {% for dimension, value in dimensions.items() -%}
    select
        *,
        '{{ dimension }}' as dimension,
        {{ value }} as dimension_value
    from prospects
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

counted as (
    select
        described.dimension,
        described.dimension_value,
        windows.window_days,
        count(*) as trial_buyers,
        count(*) filter (where {{ days_after('trial_on', 'window_days') }} < {{ as_of() }}) as observed,
        {% for raised in ['raised', 'subscribed'] -%}
        count(*) filter (
            where
                {{ days_after('trial_on', 'window_days') }} < {{ as_of() }}
                and {{ raised }}_on <= {{ days_after('trial_on', 'window_days') }}
        ) as {{ raised }}{{ ',' if not loop.last }}
        {% endfor %}
    from described
    cross join windows
    group by described.dimension, described.dimension_value, windows.window_days
),

rated as (
    select
        *,
        round(raised / nullif(observed, 0), 6) as raise_rate,
        round(subscribed / nullif(observed, 0), 6) as subscription_raise_rate
    from counted
)

select * from rated

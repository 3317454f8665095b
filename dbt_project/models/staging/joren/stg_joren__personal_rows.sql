{%- set kinds = [
    'orders', 'customers', 'shipments', 'products', 'refunds', 'consents', 'media_costs', 'order_media', 'action_costs',
    'subscriptions', 'subscription_changes', 'points', 'customer_attributes', 'contacts', 'stops', 'provider_events',
    'repeat_purchases'
] -%}

with

limited_feeds as (
    select feed as limited_feed
    from {{ source('raw', 'feeds') }}
    where retention_days is not null
),

{% for kind in kinds -%}
{{ kind }} as (
    select
        _feed as feed,
        count(*) as personal_rows,
        min({{ tokyo_day('_exported_at') }}) as exported_on
    from {{ source('raw', kind) }}
    where _feed in (select limited_feed from limited_feeds) and {{ has_personal_cell(kind) }}
    group by _feed
),

{% endfor -%}
counted as (
    {% for kind in kinds -%}
    select * from {{ kind }}
    {{ 'union all' if not loop.last }}
    {% endfor -%}
)

select * from counted

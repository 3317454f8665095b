with

orders as (
    select
        *,
        row(coalesce(attributed_at, cast({{ open_end() }} as timestamp)), brand_id, medium_id) as place
    from {{ ref('int_orders_attributed') }}
    where is_valid and customer_id is not null
),

first_days as (
    select * from {{ ref('int_purchase_days_numbered') }}
    where purchase_number = 1
),

attribution_models as (
    select distinct attribution_model from orders
),

each_medium as (
    select
        attribution_model,
        brand_id,
        medium_id,
        customer_id,
        min(ordered_on) as anchored_on
    from orders
    group by attribution_model, brand_id, medium_id, customer_id
),

first_media as (
    select
        orders.attribution_model,
        orders.customer_id,
        min_by(orders.brand_id, orders.place) as brand_id,
        min_by(orders.medium_id, orders.place) as medium_id
    from orders
    inner join first_days on orders.customer_id = first_days.customer_id and orders.ordered_on = first_days.purchased_on
    group by orders.attribution_model, orders.customer_id
),

found as (
    select
        attribution_model,
        'each_medium' as attribution_mode,
        brand_id,
        medium_id,
        customer_id,
        anchored_on
    from each_medium
    union all
    select
        attribution_models.attribution_model,
        'first_medium' as attribution_mode,
        coalesce(first_media.brand_id, first_days.brand_id) as brand_id,
        coalesce(first_media.medium_id, 'unattributed') as medium_id,
        first_days.customer_id,
        first_days.purchased_on as anchored_on
    from first_days
    cross join attribution_models
    left join first_media
        on
            first_days.customer_id = first_media.customer_id
            and attribution_models.attribution_model = first_media.attribution_model
)

select * from found

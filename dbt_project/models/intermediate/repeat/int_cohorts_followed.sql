{%- set facts = [
    'purchased_on', 'previous_purchased_on', 'sales_yen', 'gross_profit_ex_tax_yen', 'uncosted_sales_ex_tax_yen',
] -%}

with

followed as (
    select
        'first_purchase' as anchor_kind,
        'all' as anchor,
        first_purchased_on as anchored_on,
        {{ facts | join(', ') }}
    from {{ ref('int_purchase_days_numbered') }}
    union all
    select
        anchored.anchor_kind,
        anchored.anchor,
        anchored.anchored_on,
        numbered.{{ facts | join(', numbered.') }}
    from {{ ref('int_customers_anchored') }} as anchored
    inner join {{ ref('int_purchase_days_numbered') }} as numbered
        on anchored.customer_id = numbered.customer_id and anchored.anchored_on <= numbered.purchased_on
),

bases as (
    select 'month' as age_basis
    union all
    select '30_days' as age_basis
),

aged as (
    select
        followed.*,
        bases.age_basis,
        {{ age_of('followed.anchored_on', 'followed.purchased_on') }} as age,
        case
            when followed.previous_purchased_on >= followed.anchored_on
                then {{ age_of('followed.anchored_on', 'followed.previous_purchased_on') }}
        end as age_before
    from followed
    cross join bases
),

summed as (
    select
        anchor_kind,
        anchor,
        {{ month_of('anchored_on') }} as cohort_on,
        age_basis,
        age,
        count(*) filter (where age_before is distinct from age) as customers,
        sum(sales_yen) as sales_yen,
        sum(gross_profit_ex_tax_yen) as gross_profit_ex_tax_yen,
        sum(uncosted_sales_ex_tax_yen) as uncosted_sales_ex_tax_yen
    from aged
    group by anchor_kind, anchor, {{ month_of('anchored_on') }}, age_basis, age
)

select * from summed

with

customers as (
    select * from {{ ref('int_categories_bought') }}
),

cells as (
    select
        customers.product_category,
        in_force.scheme,
        r_bands.band as r_band,
        f_bands.band as f_band,
        m_bands.band as m_band,
        count(*) as customers,
        cast(sum(customers.m_yen) as bigint) as m_yen
    from customers
    {{ rfm_bands_joined('customers') }}
    group by customers.product_category, in_force.scheme, r_bands.band, f_bands.band, m_bands.band
)

select * from cells

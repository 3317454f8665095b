with

customers as (
    select * from {{ ref('int_customers_standing') }}
),

banded as (
    select
        customers.scope,
        in_force.scheme,
        in_force.version,
        customers.customer_id,
        cast(customers.days_since as integer) as days_since,
        customers.purchase_days,
        customers.m_yen,
        r_bands.band as r_band,
        f_bands.band as f_band,
        m_bands.band as m_band
    from customers
    {{ rfm_bands_joined('customers') }}
),

ranked as (
    select
        banded.*,
        ranks.state,
        ranks.label_ja
    from banded
    inner join {{ ref('rfm_ranks') }} as ranks
        on
            banded.scheme = ranks.scheme
            and banded.version = ranks.version
            and banded.f_band = ranks.f_band
            and banded.r_band = ranks.r_band
)

select * exclude (version) from ranked

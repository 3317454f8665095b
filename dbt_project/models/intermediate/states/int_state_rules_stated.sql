with

schemes as (
    select * from {{ ref('state_schemes') }}
    where is_in_use
),

bands as (
    select * from {{ ref('rfm_bands') }}
),

stated as (
    select * from {{ ref('state_rules') }}
    union all
    select
        ranks.scheme,
        ranks.version,
        1000 + 100 * ranks.f_band + ranks.r_band as rank,
        ranks.state,
        ranks.label_ja,
        cast(f_bands.band_from as integer) as n_from,
        cast(f_bands.band_to as integer) as n_to,
        cast(r_bands.band_from as integer) as days_from,
        cast(r_bands.band_to as integer) as days_to,
        cast(null as integer) as tenure_from,
        cast(null as integer) as tenure_to,
        cast(null as bigint) as m_from,
        cast(null as bigint) as m_to
    from {{ ref('rfm_ranks') }} as ranks
    inner join bands as f_bands
        on
            ranks.scheme = f_bands.scheme and ranks.version = f_bands.version
            and f_bands.axis = 'F' and ranks.f_band = f_bands.band
    inner join bands as r_bands
        on
            ranks.scheme = r_bands.scheme and ranks.version = r_bands.version
            and r_bands.axis = 'R' and ranks.r_band = r_bands.band
),

versions as (
    select
        scheme,
        max(version) as version
    from stated
    group by scheme
),

in_force as (
    select
        stated.scheme,
        schemes.m_is,
        cast(stated.version as integer) as version,
        stated.rank,
        stated.state,
        stated.label_ja,
        stated.n_from,
        stated.n_to,
        stated.days_from,
        stated.days_to,
        coalesce(stated.tenure_from, 0) as tenure_from,
        stated.tenure_to,
        coalesce(stated.m_from, {{ lowest_yen() }}) as m_from,
        stated.m_to
    from stated
    inner join schemes on stated.scheme = schemes.scheme
    inner join versions on stated.scheme = versions.scheme and stated.version = versions.version
)

select * from in_force

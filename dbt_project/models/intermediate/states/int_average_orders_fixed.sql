with

changes as (
    select
        happened_on as changed_on,
        m_delta_yen as yen,
        0 as orders
    from {{ ref('fct_order_events') }}
    union all
    select
        ordered_on as changed_on,
        0 as yen,
        1 as orders
    from {{ ref('fct_orders') }}
    where counts_m and counts_n and (is_valid or voided_on > ordered_on)
    union all
    select
        voided_on as changed_on,
        0 as yen,
        -1 as orders
    from {{ ref('fct_orders') }}
    where counts_m and counts_n and voided_on > ordered_on
),

counted as (
    select
        {{ month_of('changed_on') }} as month_on,
        sum(yen) as yen,
        sum(orders) as orders
    from changes
    group by {{ month_of('changed_on') }}
),

spanned as (
    select coalesce(min(month_on), {{ month_of(as_of()) }}) as started_on
    from counted
),

months as (
    select cast({{ months_from_to('started_on', as_of()) }} as date) as month_on
    from spanned
),

averaged as (
    select
        months.month_on,
        sum(counted.yen) over a_year_before / nullif(sum(counted.orders) over a_year_before, 0) as average_before,
        counted.yen / nullif(counted.orders, 0) as average_within,
        lead(months.month_on, 1, {{ open_end() }}) over (order by months.month_on) as next_month_on
    from months
    left join counted on months.month_on = counted.month_on
    window a_year_before as (order by months.month_on rows between 12 preceding and 1 preceding)
),

fixed as (
    select
        case when month_on = min(month_on) over () then {{ first_day() }} else month_on end as holds_from,
        next_month_on as holds_to,
        cast(100 * round(coalesce(average_before, average_within, 0) / 100) as bigint) as average_yen
    from averaged
)

select * from fixed

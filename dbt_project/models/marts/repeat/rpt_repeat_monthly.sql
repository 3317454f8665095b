with

bought as (
    select * from {{ ref('int_purchase_months_counted') }}
),

months as (
    select cast({{ months_from_to('min(bought.month_on)', days_after(month_of(as_of()), -1)) }} as date) as month_on
    from bought
    where bought.month_on < {{ month_of(as_of()) }}
),

began as (
    select min(month_on) as month_on from months
),

counted as (
    select
        months.month_on,
        cast(coalesce(sum(bought.customers) filter (where bought.is_first_month), 0) as bigint) as new_customers,
        cast(coalesce(sum(bought.customers) filter (where not bought.is_first_month), 0) as bigint) as repeat_customers
    from months
    left join bought on months.month_on = bought.month_on
    group by months.month_on
),

-- Whoever bought in the twelve months up to a year ago stands in the row of the last of these months.
years as (
    select
        months.month_on,
        sum(bought.customers) as active_before,
        coalesce(sum(bought.customers) filter (where bought.next_month_on <= months.month_on), 0) as active_still
    from months
    inner join bought
        on
            bought.month_on <= {{ years_after('months.month_on', -1) }}
            and bought.month_on > {{ years_after('months.month_on', -2) }}
            and coalesce(bought.next_month_on > {{ years_after('months.month_on', -1) }}, true)
    cross join began
    where {{ years_after('months.month_on', -2) }} >= began.month_on
    group by months.month_on
),

summed as (
    select
        counted.*,
        counted.new_customers + counted.repeat_customers as buyers,
        cast(sum(counted.new_customers) over (order by counted.month_on) as bigint) as customers_to_date,
        cast(years.active_before as bigint) as active_year_before,
        cast(years.active_still as bigint) as active_year_still
    from counted
    left join years on counted.month_on = years.month_on
),

rated as (
    select
        month_on,
        buyers,
        new_customers,
        repeat_customers,
        customers_to_date,
        round(repeat_customers / nullif(customers_to_date, 0), 6) as repeat_per_customer_to_date,
        round(repeat_customers / nullif(new_customers, 0), 6) as repeat_per_new_customer,
        round(repeat_customers / nullif(buyers, 0), 6) as repeater_share_of_buyers,
        active_year_before,
        active_year_still,
        round(active_year_still / nullif(active_year_before, 0), 6) as annual_continuation_rate
    from summed
)

select * from rated

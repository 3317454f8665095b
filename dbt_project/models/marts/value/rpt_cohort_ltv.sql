{%- set keys = ['anchor_kind', 'anchor', 'cohort_on', 'age_basis'] -%}
{%- set measures = ['sales_yen', 'gross_profit_ex_tax_yen', 'uncosted_sales_ex_tax_yen'] -%}

with

followed as (
    select * from {{ ref('int_cohorts_followed') }}
),

cohorts as (
    select
        {{ keys | join(', ') }},
        customers as cohort_size,
        case age_basis
            when 'month' then {{ months_between('cohort_on', as_of()) }} - 1
            else {{ bucket_of(days_between('last_day(cohort_on)', as_of()), 30) }} - 1
        end as last_age
    from followed
    where age = 0
),

ages as (
    select
        {{ keys | join(', ') }},
        cohort_size,
        cast({{ numbers_from_to(0, 'last_age') }} as bigint) as age
    from cohorts
),

filled as (
    select
        ages.*,
        {%- for measure in measures %}
        cast(coalesce(followed.{{ measure }}, 0) as bigint) as {{ measure }},
        {%- endfor %}
        coalesce(followed.customers, 0) as customers
    from ages
    left join followed
        on {{ is_same(keys + ['age'], 'ages', 'followed') }}
),

summed as (
    select
        {%- for measure in measures %}
        cast(sum({{ measure }}) over so_far as bigint) as cumulative_{{ measure }},
        {%- endfor %}
        *
    from filled
    window so_far as (partition by {{ keys | join(', ') }} order by age)
),

rated as (
    select
        {{ keys | join(', ') }},
        age,
        cohort_size,
        customers,
        round(customers / cohort_size, 6) as retention_rate,
        {%- for measure in measures %}
        {{ measure }},
        cumulative_{{ measure }},
        {%- endfor %}
        round(cumulative_sales_yen / cohort_size, 6) as ltv_sales_yen,
        round(cumulative_gross_profit_ex_tax_yen / cohort_size, 6) as ltv_gross_profit_ex_tax_yen
    from summed
)

select * from rated

{%- set rates = [
    ('retention', 'customers', 'retention_rate'), ('ltv_sales_yen', 'cumulative_sales_yen', 'ltv_sales_yen'),
    ('ltv_gross_profit_ex_tax_yen', 'cumulative_gross_profit_ex_tax_yen', 'ltv_gross_profit_ex_tax_yen'),
] -%}

with

cohorts as (
    select * from {{ ref('rpt_cohort_ltv') }}
),

averaged as (
    select
        anchor_kind,
        anchor,
        age_basis,
        age,
        {%- for name, sum_of_it, rate in rates %}
        round(sum({{ sum_of_it }}) / sum(cohort_size), 6) as {{ name }}_weighted,
        round(sum({{ exact(rate) }}) / count(*), 6) as {{ name }}_plain,
        {%- endfor %}
        count(*) as cohorts,
        cast(sum(cohort_size) as bigint) as customers
    from cohorts
    group by anchor_kind, anchor, age_basis, age
)

select * from averaged

{#- The bands of R, F and M of the schemes of RFM in force, joined to a CTE with days_since, purchase_days and m_yen; a scheme's
    bands are those of its highest version. -#}
{% macro rfm_bands_joined(to) -%}
    inner join {{ ref('rfm_bands') }} as r_bands
        on
            r_bands.axis = 'R'
            and {{ to }}.days_since >= coalesce(r_bands.band_from, {{ to }}.days_since)
            and {{ to }}.days_since < coalesce(r_bands.band_to, {{ to }}.days_since + 1)
    {%- for axis, measure in [('F', 'purchase_days'), ('M', 'm_yen')] %}
    inner join {{ ref('rfm_bands') }} as {{ axis | lower }}_bands
        on
            {{ axis | lower }}_bands.axis = '{{ axis }}'
            and {{ axis | lower }}_bands.scheme = r_bands.scheme
            and {{ axis | lower }}_bands.version = r_bands.version
            and {{ to }}.{{ measure }} >= coalesce({{ axis | lower }}_bands.band_from, {{ to }}.{{ measure }})
            and {{ to }}.{{ measure }} < coalesce({{ axis | lower }}_bands.band_to, {{ to }}.{{ measure }} + 1)
    {%- endfor %}
    inner join (
        select
            ranks.scheme,
            max(ranks.version) as version
        from {{ ref('rfm_ranks') }} as ranks
        inner join {{ ref('state_schemes') }} as schemes on ranks.scheme = schemes.scheme and schemes.is_in_use
        group by ranks.scheme
    ) as in_force
        on r_bands.scheme = in_force.scheme and r_bands.version = in_force.version
{%- endmacro %}

{#- Whole part of a quotient of whole numbers, none below zero. -#}
{% macro whole_part(dividend, divisor) -%} ({{ dividend }} // {{ divisor }}) {%- endmacro %}

{#- The group of a customer of int_customers_ranked on an axis (r, f or m) by the tie rule of his scoring; of `size` customers
    each, the lowest `larger_groups` with one more. -#}
{% macro score_of(one, axis, cuts) -%}
    cast(case {{ one }}.tie_rule
        when 'average_rank'
            then ceil({{ one }}.groups * (2 * {{ one }}.{{ axis }}_rank + {{ one }}.{{ axis }}_ties - 1) / (2 * {{ one }}.customers))
        when 'ntile'
            then case
                when {{ one }}.{{ axis }}_place <= {{ one }}.larger_groups * ({{ one }}.size + 1)
                    then ceil({{ one }}.{{ axis }}_place / ({{ one }}.size + 1))
                else {{ one }}.larger_groups + ceil(
                    ({{ one }}.{{ axis }}_place - {{ one }}.larger_groups * ({{ one }}.size + 1)) / nullif({{ one }}.size, 0)
                )
            end
        else {{ cuts }}.score
    end as integer)
{%- endmacro %}

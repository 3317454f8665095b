{#- A contract fits a row of subscription_offers: each condition that is not blank holds. -#}
{% macro fits_offer(contract, offer) -%}
    {% for cell in ['shop_id', 'product_code', 'medium_id'] -%}
    ({{ offer }}.{{ cell }} is null or coalesce({{ contract }}.{{ cell }} = {{ offer }}.{{ cell }}, false)) and
    {% endfor -%}
    coalesce({{ contract }}.started_on >= {{ offer }}.started_from, true)
    and coalesce({{ contract }}.started_on < {{ offer }}.started_to, true)
{%- endmacro %}

{#- What became of a delivery that was due, for counting: a paused contract's counts nowhere, an unobserved one waits. -#}
{% macro due_happening() -%}
    case
        when outcome = 'paused' then 'paused'
        when not is_observed then 'waits'
        when outcome = 'continued' then 'went_on'
        else 'stopped'
    end
{%- endmacro %}

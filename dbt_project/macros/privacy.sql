{#- What kinds.yaml marks `!personal`, by kind (a house test compares). -#}
{% macro personal_columns() -%}
    {{ return({
        'orders': [
            'member_id', 'mail', 'phone', 'full_name', 'family_name', 'given_name', 'full_kana', 'family_kana',
            'given_kana', 'company', 'postcode', 'city', 'address1', 'address2', 'birthday', 'tags', 'memo',
            'receiver_name', 'receiver_postcode',
        ],
        'customers': [
            'member_id', 'mail', 'phone', 'full_name', 'family_name', 'given_name', 'full_kana', 'family_kana',
            'given_kana', 'company', 'postcode', 'city', 'address1', 'address2', 'birthday', 'tags',
        ],
        'refunds': ['reason'],
        'consents': ['member_id', 'mail'],
        'subscriptions': ['member_id', 'mail'],
        'subscription_changes': ['reason'],
        'points': ['member_id'],
        'customer_attributes': ['member_id', 'mail', 'value'],
        'contacts': ['member_id', 'mail', 'reason'],
        'stops': ['member_id', 'mail', 'phone'],
        'provider_events': ['mail', 'reason', 'response', 'url', 'user_agent'],
    }) }}
{%- endmacro %}

{#- Whether a row of a kind, `source`, has anything in a personal column, or beside the columns that its feed maps. -#}
{% macro has_personal_cell(kind) -%}
    trim(concat(
        {%- for column in personal_columns().get(kind, []) -%} source.{{ column }}, {% endfor -%}
        nullif(source.extra, '{}')
    )) != ''
{%- endmacro %}

{% macro hash_of(text) -%} sha256({{ text }}) {%- endmacro %}

{#- Nobody without the key can tell which person stands behind the hash; 128 bits of it. -#}
{% macro keyed_hash(text) -%}
    left(sha256({{ customer_key() }} || sha256({{ customer_key() }} || {{ text }})), 32)
{%- endmacro %}

{#- A blank cell is no value. -#}
{% macro filled(column) -%} nullif(trim({{ column }}), '') {%- endmacro %}

{% macro timestamp_of(column) -%} cast({{ filled(column) }} as timestamp) {%- endmacro %}

{#- Whole yen; the shop prints 1000.00. -#}
{% macro yen_of(column) -%} cast(cast({{ filled(column) }} as decimal(18, 2)) as bigint) {%- endmacro %}

{#- Width, case and blanks do not make another mail address. -#}
{% macro normalised_mail(column) -%}
    nullif(lower(trim(translate(
        {{ column }},
        '＠．＿－＋　０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ',
        '@._-+ 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
    ))), '')
{%- endmacro %}

{#- The pattern fits the whole text, from its first to its last character. -#}
{% macro fits(column, pattern) -%} regexp_full_match({{ column }}, '{{ pattern }}') {%- endmacro %}

{#- ASCII without blanks, controls, quotes and , : ; ( ) [ ] < > \ ; one @; a domain with a dot. Dots may stand
    anywhere before the @: carriers once gave out a..b.@docomo.ne.jp. -#}
{% macro is_mail_address(column) -%}
    {%- set local_part = '[A-Za-z0-9.!#$%&*+/=?^_`{|}~-]+' -%}
    {%- set label = '[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?' -%}
    {%- set last_label = '[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])' -%}
    coalesce({{ fits(column, local_part ~ '@(' ~ label ~ '[.])+' ~ last_label) }}, false)
{%- endmacro %}

{#- In the domain or below it; a star in the domain stands for anything. -#}
{% macro is_mail_in(column, domain) -%}
    ('.' || split_part({{ column }}, '@', 2)) like ('%.' || replace({{ domain }}, '*', '%'))
{%- endmacro %}

{#- A birthday that cannot be read, or that carts use for "not told", is no birthday. -#}
{% macro birthday_of(column) -%}
    case
        when left({{ column }}, 10) not in ('1900-01-01', '1970-01-01')
            then try_cast(left({{ column }}, 10) as date)
    end
{%- endmacro %}

{% macro list_of(column) -%} array_agg({{ column }} order by {{ column }}) {%- endmacro %}

{#- EC-CUBE's 課税規則 is the shop's: 四捨五入 round, 切り捨て floor, 切り上げ ceil. -#}
{% macro tax_rounded(amount) -%} {{ var('eccube_tax_rounding') }}({{ amount }}) {%- endmacro %}

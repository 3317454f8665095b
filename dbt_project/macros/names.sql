{#- Names brought to the one form in which they are compared. People go on being called as they write themselves: no
    column that a person reads is made of these. -#}

{#- A name for comparing: NFKC, capitals, old forms as new ones, hiragana as katakana, 々 as the letter it repeats,
    without blanks and corporate forms. A name of kanji that no rule concerns, as most are, is not looked at further. -#}
{% macro name_fold(column) -%}
    {%- set text = "replace(replace(" ~ for_matching(letters_of(column), column) ~ ", ' ', ''), '・', '')" -%}
    case
        when {{ has_any(column, '\u0001-\u001f!-\u4dff\ua000-\U0010ffff社法' ~ old_forms(variants_often() ~ ' ' ~ variants())) }}
            then nullif({{ without_corporate_form(text) }}, '')
        else nullif(replace({{ column }}, ' ', ''), '')
    end
{%- endmacro %}

{#- Full-width katakana without blanks; small kana and long vowels stay what they are, and a dash after a kana is a long
    vowel. -#}
{% macro kana_fold(column) -%}
    {%- set text = "replace(replace(" ~ as_katakana(letters_of(column), column) ~ ", ' ', ''), '・', '')" -%}
    case
        when {{ fits(column, '[ァ-ヺー ]*') }} then nullif(replace({{ column }}, ' ', ''), '')
        else nullif({{ replaced(text, '([ァ-ヺー])[' ~ long_dashes() ~ '-]', '\\1ー') }}, '')
    end
{%- endmacro %}

{#- `text`, which is NFKC and was made from `column`, in the letters that are compared. -#}
{% macro for_matching(text, column) -%}
    {%- set often = without_old_forms(as_katakana(text, column), column, variants_often()) -%}
    {%- set all = without_old_forms(often, column, variants()) -%}
    {%- set olds = old_forms(variants_often() ~ ' ' ~ variants()) -%}
    case
        when {{ has_any(column, 'a-zａ-ｚⅰⅴⅹぁ-ゖゝゞ々' ~ ligatures_alone() ~ letters_of_compatibility() ~ olds) }}
            then {{ replaced('upper(' ~ all ~ ')', '(.)々', '\\1\\1') }}
        else {{ text }}
    end
{%- endmacro %}

{% macro letters_of_compatibility() -%} {{ '\u2f00-\u2fd5\uf900-\ufaff' }} {%- endmacro %}

{#- The marks ゝゞ, too. -#}
{% macro as_katakana(text, column) -%} {{ translated(text, column, 'ぁ-ゖゝゞ', hiragana(), katakana()) }} {%- endmacro %}

{% macro hiragana() -%} ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖゝゞ {%- endmacro %}
{% macro katakana() -%} ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶヽヾ {%- endmacro %}

{#- All that people type for a dash and that is none in ASCII; a long vowel, too. -#}
{% macro long_dashes() -%} {{ '\u2010-\u2015\u2212\uff0dーｰ' }} {%- endmacro %}

{#- As they stand before or after a company's name once NFKC has spelled ㈱ as (株). -#}
{% macro without_corporate_form(text) -%}
    {%- set forms = '(' ~ corporate_forms().split() | join('|') ~ '|[(][株有同資名社財医学宗福特][)])+' -%}
    {{ replaced(text, '^' ~ forms ~ '|' ~ forms ~ '$', '') }}
{%- endmacro %}

{% macro corporate_forms() -%}
    株式会社 有限会社 合同会社 合資会社 合名会社 一般社団法人 公益社団法人 一般財団法人 公益財団法人 医療法人社団 医療法人財団 医療法人
    学校法人 宗教法人 社会福祉法人 特定非営利活動法人 NPO法人 独立行政法人
{%- endmacro %}

{% macro without_old_forms(text, column, groups) -%}
    {%- set new = namespace(letters='') -%}
    {%- for group in groups.split() -%} {%- set new.letters = new.letters ~ group[0] * (group | length - 1) -%} {%- endfor -%}
    {{ translated(text, column, old_forms(groups) ~ letters_of_compatibility(), old_forms(groups), new.letters) }}
{%- endmacro %}

{% macro old_forms(groups) -%}
    {%- for group in groups.split() -%} {{ group[1:] }} {%- endfor -%}
{%- endmacro %}

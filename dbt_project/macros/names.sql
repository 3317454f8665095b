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

{#- Each new form and the old forms and variants that are read as it: first those that many names have, in a table of
    their own because it is short. From 常用漢字表 (新旧字体) and 人名用漢字, and what address books write besides. -#}
{% macro variants_often() -%}
    高髙 崎﨑嵜 辺邊邉 斎齋齊斉 浜濵濱 沢澤 広廣 国國圀 真眞 柳栁桺 徳德 吉𠮷 桜櫻 竜龍 滝瀧 島嶋嶌 峰峯
    富冨 渕淵渊 館舘 恵惠 関關 静靜 栄榮 寿壽夀 曽曾 桑桒 瀬瀨 弥彌 郎郞
{%- endmacro %}
{% macro variants() -%}
    万萬 与與 両兩 並竝 乗乘 亀龜 予豫 亘亙 亜亞 仏佛 会會 伝傳 体體 倶俱 児兒 円圓 写寫 凉涼 凛凜
    剣劍劔剱釼 剥剝 労勞 勧勸 勲勳 区區 単單 即卽 厳嚴 参參 収收 台臺 叱𠮟 号號 呉吳 呑吞 喜㐂 営營
    団團 囲圍 図圖 園薗 塩鹽 填塡 増增 声聲 壱壹 売賣 壷壺 奥奧 姉姊 姫姬 学斈學 宝寳寶 実實 寛寬 対對
    専專 将將 尚尙 尭堯 尽盡 屏屛 岳嶽 峡峽 巌巖 巣巢 巻卷 帯帶 廉亷 弁辨瓣辯 当當 彦彥 径徑 従從 徴徵
    応應 恒恆 悪惡 慎愼 戸戶 戻戾 掻搔 教敎 数數 旧舊 昂昻 昼晝 晃晄 晋晉 晩晚 暁曉 暦曆 条條 来來
    枡桝 枢樞 柏栢 栃杤 桧檜 梅楳 楼樓 楽樂 槙槇 権權 横橫 橋槗𣘺 欧歐 歓歡 歩步 歯齒 歴歷 毎每 毘毗
    気氣 沖冲 浄淨 浅淺 涛濤 清淸 渇渴 済濟 渋澁 渓溪 温溫 湾灣 満滿 灯燈 炉爐 点點 為爲 焔焰 熙煕凞
    独獨 狭狹 猪豬 献獻 画畫 皐皋 県縣 砺礪 磯礒 礼禮 祢禰 祷禱 禄祿 禅禪 秋穐 稲稻 穂穗 穏穩 穣穰
    竈竃 篭籠 粛肅 糸絲 経經 絵繪 総總 緑綠 緒緖 縁緣 縄繩 縦縱 繊纖 繋繫 纒纏 群羣 翠翆 聡聰 舎舍
    船舩 芦蘆 芸藝 荘莊 莱萊 萌萠 蒋蔣 蔵藏 薫薰 薬藥 薮藪籔 虎乕 蛍螢 蝉蟬 蝋蠟 衛衞 覚覺 覧覽 観觀
    証證 誉譽 読讀 譲讓 讃讚 豊豐 賛贊 転轉 軽輕 迩邇 達逹 遥遙 郷鄉鄕 醤醬 釈釋 鉄鐵鉃 鉱鑛 錬鍊 録錄
    鎌鐮 鎮鎭 随隨 隠隱 隣鄰 雑雜 霊靈 青靑 靭靱 頬頰 頴穎 頼賴 顔顏 顕顯 飯飰 駅驛 髪髮 鯵鰺 鴎鷗
    鴬鶯 鶴靏靍 鹸鹼 麹麴 麺麪 黄黃 黒黑 齢齡
{%- endmacro %}

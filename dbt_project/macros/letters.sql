{#- Unicode's NFKC for what Japanese files hold, in SQL that every engine knows: translate and replace. A table of letters
    is handed to translate only where the text holds one of them, because engines read the table anew for every row. -#}

{#- NFKC: full-width letters, digits and signs as ASCII, half-width kana as kana with their voice marks joined, ㈱ as
    (株), ① as 1, twins that Unicode holds for old character sets alone as their letter. Old forms (髙, 﨑) stay. Any
    blank is a blank, and what cannot be seen goes. -#}
{% macro letters_of(column) -%} {{ letters_in(column, column) }} {%- endmacro %}

{#- The same of `text`, which was made from `column`. -#}
{% macro letters_in(text, column) -%}
    case
        when {{ has_any(column, of_other_width() ~ ligatures_alone() ~ twins()) }}
            then {{ translated(widths_in(spelled_out(text, column), column), column, twins(), twins(), letters_of_twins()) }}
        else {{ text }}
    end
{%- endmacro %}

{#- The width alone, for columns that people read: ABC 12 and カ for ＡＢＣ　１２ and ｶ. -#}
{% macro width_of(column) -%}
    case
        when {{ has_any(column, of_other_width()) }} then {{ widths_in(with_marks_joined(column, column), column) }}
        else {{ column }}
    end
{%- endmacro %}

{% macro of_other_width() -%} ！-～　｡-ﾟ{{ marks() }} {%- endmacro %}

{% macro widths_in(text, column) -%}
    {%- set digits = translated(text, column, '０-９－　', '０１２３４５６７８９－　', '0123456789- ') -%}
    {%- set signs = translated(digits, column, '！-～', wide_signs(), ascii_signs()) -%}
    {{ translated(signs, column, '｡-ﾟ', half_kana(), full_kana()) }}
{%- endmacro %}

{#- `text` with the letters `before` as those of `after`; `column` is what `text` was made from, and tells whether it
    holds any of `class`. -#}
{% macro translated(text, column, class, before, after) -%}
    translate({{ text }}, case when {{ has_any(column, class) }} then {{ quoted(before) }} else '' end, {{ quoted(after) }})
{%- endmacro %}

{% macro quoted(text) -%} '{{ text | replace("'", "''") }}' {%- endmacro %}

{#- Letters that stand for several, and kana whose voice mark stands apart: before anything else. -#}
{% macro spelled_out(text, column) -%}
    {%- set sql = namespace(text=text) -%}
    {%- for pair in ligatures().split() -%}
        {%- set sql.text = "replace(" ~ sql.text ~ ", '" ~ pair[0] ~ "', '" ~ pair[1:] ~ "')" -%}
    {%- endfor -%}
    case
        when {{ has_any(column, ligatures_alone()) }} then {{ with_marks_joined(sql.text, column) }}
        else {{ with_marks_joined(text, column) }}
    end
{%- endmacro %}

{% macro with_marks_joined(text, column) -%}
    {%- set sql = namespace(text="translate(" ~ text ~ ", '" ~ half_kana() ~ "', '" ~ full_kana() ~ "')") -%}
    {%- for pair in marked_kana().split() -%}
        {%- set mark = marks()[0 if pair[1] not in 'ぱぴぷぺぽパピプペポ' else 1] -%}
        {%- set sql.text = "replace(" ~ sql.text ~ ", '" ~ pair[0] ~ mark ~ "', '" ~ pair[1] ~ "')" -%}
    {%- endfor -%}
    case when {{ has_any(column, 'ﾞﾟ' ~ marks()) }} then {{ sql.text }} else {{ text }} end
{%- endmacro %}

{% macro wide_signs() -%} ！＂＃＄％＆＇（）＊＋，．／：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～ {%- endmacro %}
{% macro ascii_signs() -%} {% raw %}!"#$%&'()*+,./:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~{% endraw %} {%- endmacro %}

{% macro half_kana() -%} ｡｢｣､･ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ {%- endmacro %}
{% macro full_kana() -%} 。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゙゚ {%- endmacro %}

{#- The voice and the half-voice mark that join the kana before them; then each such kana, without and with it. -#}
{% macro marks() -%} {{ '\u3099\u309a' }} {%- endmacro %}
{% macro marked_kana() -%}
    かが きぎ くぐ けげ こご さざ しじ すず せぜ そぞ ただ ちぢ つづ てで とど はば ひび ふぶ へべ
    ほぼ うゔ ゝゞ カガ キギ クグ ケゲ コゴ サザ シジ スズ セゼ ソゾ タダ チヂ ツヅ テデ トド ハバ
    ヒビ フブ ヘベ ホボ ウヴ ワヷ ヰヸ ヱヹ ヲヺ ヽヾ
    はぱ ひぴ ふぷ へぺ ほぽ ハパ ヒピ フプ ヘペ ホポ
{%- endmacro %}

{% macro ligatures() -%}
    ‥.. …... ″′′ ℃°C №No ℡TEL ⅡII ⅢIII ⅣIV ⅥVI ⅦVII ⅧVIII
    ⅨIX ⅱii ⅲiii ⅳiv ⅵvi ⅶvii ⅷviii ⅸix ∬∫∫ ⑩10 ⑪11 ⑫12 ⑬13
    ⑭14 ⑮15 ⑯16 ⑰17 ⑱18 ⑲19 ⑳20 ㈱(株) ㈲(有) ㈹(代) ㈳(社) ㈴(名)
    ㈵(特) ㈶(財) ㈻(学) ㈾(資) ㈿(協) ㍿株式会社 ㌃アール ㌍カロリー ㌔キロ ㌘グラム ㌢センチ
    ㌣セント ㌦ドル ㌧トン ㌫パーセント ㌶ヘクタール ㌻ページ ㍉ミリ ㍊ミリバール ㍍メートル ㍑リットル
    ㍗ワット ㍻平成 ㍼昭和 ㍽大正 ㍾明治 ㋿令和 ㎎mg ㎏kg ㎜mm ㎝cm ㎞km ㎡m2 ㏄cc ㏍KK
{%- endmacro %}

{% macro ligatures_alone() -%} {{ ligatures().split() | map('first') | join }} {%- endmacro %}

{#- Signs, other blanks, letters of compatibility, and the radicals that text copied from a PDF has for 高 and 田;
    last what has no width, for which `letters_of_twins` has nothing. -#}
{% macro twins() -%}
    {{- '\u0009\u000a\u000d\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f' -}}
    ÅⅠⅤⅩⅰⅴⅹ①②③④⑤⑥⑦⑧⑨㊤㊥㊦㊧㊨￠￡￢￤￥‑ {{- '' -}}
    欄廊朗老虜殺類隆塚晴凞猪益礼神祥福靖精羽蘒諸逸都飯飼館鶴郞隷侮僧免勉勤卑喝嘆器塀墨層屮悔慨憎懲敏既暑梅海渚漢煮爫琢碑社祉祈祐祖祝禍禎穀突節練縉繁署者臭艹艹著褐視謁謹賓贈辶逸難響頻恵𤋮舘 {{- '' -}}
    ⼀⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣⼤⼥⼦⼧⼨⼩⼪⼫⼬⼭⼮⼯⼰⼱⼲⼳⼴⼵⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕⽖⽗⽘⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽⽾⽿⾀⾁⾂⾃⾄⾅⾆⾇⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡⾢⾣⾤⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰⾱⾲⾳⾴⾵⾶⾷⾸⾹⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍⿎⿏⿐⿑⿒⿓⿔⿕ {{- '\u200b\u200c\u200d\u200e\u200f\u2060\ufeff' -}}
{%- endmacro %}
{% macro letters_of_twins() -%}
    {{- '                 ' -}}
    ÅIVXivx123456789上中下左右¢£¬¦¥‐ {{- '' -}}
    欄廊朗老虜殺類隆塚晴凞猪益礼神祥福靖精羽蘒諸逸都飯飼館鶴郞隷侮僧免勉勤卑喝嘆器塀墨層屮悔慨憎懲敏既暑梅海渚漢煮爫琢碑社祉祈祐祖祝禍禎穀突節練縉繁署者臭艹艹著褐視謁謹賓贈辶逸難響頻恵𤋮舘 {{- '' -}}
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠
{%- endmacro %}

"""Pages of formulas, and of the facts that they read as a rule file declares them."""

from __future__ import annotations

from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

_RATE = "indicators:\n  - {id: rate, label: 预算执行率, points: 10, method: ratio, measure: "
_RULE = _RATE + "全年执行数 / 全年预算数}\n"

PAGES: dict[str, Page] = {
    "formula-syntax": Page(
        Phrase("公式从某处读不下去。", "The formula cannot be read from some place on."),
        Phrase("少写一个数或多写一个运算符，就成了另一个公式。", "With an operand too few it is another formula."),
        Phrase("补全两边的数和括号；乘号、除号可写 × ÷。", "Complete operands and brackets; × and ÷ may be used."),
        _RATE + "全年执行数 /}\n",
        _RULE,
    ),
    "formula-not-allowed": Page(
        Phrase("公式里用了不允许的写法。", "The formula holds what is not allowed in one."),
        Phrase("公式来自文件，只许算术和比较，不许执行别的东西。", "Formulas come with files, so they may reckon and compare, and run nothing else."),
        Phrase(
            "只用 + - * / ( )、比较、and or not、所列函数；相等写 ==，乘方写成连乘。",
            "Use + - * / ( ), comparisons, and, or, not and the functions listed; equality is ==.",
        ),
        _RATE + "全年执行数 ** 2 / 全年预算数}\n",
        _RATE + "全年执行数 * 全年执行数 / 全年预算数}\n",
    ),
    "formula-too-large": Page(
        Phrase("公式太长、太深，或数字位数太多。", "The formula is too long or too deep, or a number has too many digits."),
        Phrase("这么长的公式没人核对得了，也会拖慢每一张表。", "Nobody could check it, and every form would wait for it."),
        Phrase("拆成几个数据（facts 里的 formula），一步一步算。", "Split it into facts with a formula each."),
    ),
    "formula-kind": Page(
        Phrase(
            "要数的地方给了判断（或日期、清单），或者反过来。",
            "A condition, a date or a list stands where a number is wanted, or the other way round.",
        ),
        Phrase("“执行数 > 预算数”只有成立不成立，没有比例可算。", "“Spent > budget” holds or not, and is no rate."),
        Phrase(
            "测算写成数，条件写成比较；清单先 sum、mean、count，日期用 days(甲, 乙)。",
            "A measure is a number, a condition a comparison; lists go through sum, mean or count, dates through days(a, b).",
        ),
        _RATE + "全年执行数 > 全年预算数}\n",
        _RULE,
    ),
    "formula-arguments": Page(
        Phrase(
            "函数的参数个数不对，或位数没有直接写成整数。", "A function has the wrong number of arguments, or its places are not written as a number."
        ),
        Phrase("多出来的参数不会用到，少了算不出。", "One too many is of no use, one too few gives nothing."),
        Phrase("按提示的个数写；对清单求和写 sum(名)。", "Write as many as the message says; of a list write sum(name)."),
        _RATE + '"abs(全年执行数, 2)"}\n',
        _RATE + '"round_half_up(全年执行数 / 全年预算数, 2)"}\n',
    ),
    "unknown-function": Page(
        Phrase("没有这个函数。", "There is no such function."),
        Phrase("只有列出的函数保证精确、不碰系统。", "Only the functions listed are exact and touch nothing else."),
        Phrase("从提示里选；开方、次方等不支持。", "Choose one of the hint; powers and roots are not among them."),
        _RATE + "sqrt(全年执行数)}\n",
        _RATE + "abs(全年执行数)}\n",
    ),
    "unknown-name": Page(
        Phrase("公式或示例里的数据名，规则没有。", "A formula or an example names a fact that the rules do not have."),
        Phrase("读不到数，这个指标对谁都是缺。", "With nothing to read, the indicator would be missing for everybody."),
        Phrase(
            "按提示改名；自己的数据先在 facts（数据）里声明；目标、实际只有由表填报的行才有。",
            "Use the name of the hint; declare facts of your own under `facts`; target and actual belong to rows from the form.",
        ),
        _RATE + "全年执行 / 全年预算数}\n",
        _RULE,
    ),
    "fact-kind": Page(
        Phrase("数据的类型和它的写法、用法不合。", "The kind of a fact does not go with what else is said of it, or with its use."),
        Phrase(
            "有选项的是词，有各项的是清单，由公式算出的不能再填。", "Choices make it a word, parts a list, and what is computed is not filled in."
        ),
        Phrase("留一种；给要点法用的数据写 kind: items（类型: 要点）。", "Keep one; a fact for a checklist has `kind: items`."),
        "facts: {地区: {choices: [东部, 西部], kind: truth}}\n" + _RULE,
        "facts: {地区: {choices: [东部, 西部]}}\n" + _RULE,
    ),
    "fact-cycle": Page(
        Phrase("数据互相算出，成了环。", "Facts are computed from each other in a ring."),
        Phrase("甲要先有乙，乙要先有甲，谁也算不出。", "Each needs the other first."),
        Phrase("让其中一个由表填报，去掉它的公式。", "Let the form say one of them: take its formula out."),
        "facts: {结余: {formula: 收入 - 支出}, 支出: {formula: 收入 - 结余}, 收入: 万元}\n" + _RULE,
        "facts: {结余: {formula: 收入 - 支出}, 支出: 万元, 收入: 万元}\n" + _RULE,
    ),
    "no-value": Page(
        Phrase("公式在这张表上没有值，如 0 的对数。", "A formula has no value for this form, like the logarithm of 0."),
        Phrase("没有数就没有分，指标按缺处理。", "Without a number the indicator is missing."),
        Phrase(
            "核对填的数；数可以是 0 的，规则里用“甲 if 条件 else 乙”另作规定。",
            "Check the number; where it may be 0 let the rules say so by “a if condition else b”.",
        ),
        'facts: {收入: 元}\nindicators: [{id: income, points: 10, measure: "ln(收入, 6)", method: direct}]\n'
        "examples: [{given: {收入: 0}, expect: {income: missing}}]\n",
        'facts: {收入: 元}\nindicators: [{id: income, points: 10, measure: "ln(收入, 6)", method: direct}]\n'
        "examples: [{given: {收入: 1}, expect: {income: 0}}]\n",
    ),
    "number-too-large": Page(
        Phrase("公式的结果位数太多。", "The result of a formula has too many digits."),
        Phrase("真实的金额没有这么多位，再算下去会耗尽内存。", "No real amount has so many, and going on would exhaust the memory."),
        Phrase("核对填的数和单位，或简化公式、写上 round_half_up。", "Check the numbers and their units, or round in between by round_half_up."),
    ),
    "zero-denominator": Page(
        Phrase("作分母的数是 0。", "What is divided by is 0."),
        Phrase(
            "没有预算就谈不上执行率，指标按缺处理，不当 0 分。",
            "Without a budget there is no execution rate: the indicator is missing, which is not 0.",
        ),
        Phrase(
            "核对填的数；确是 0 的，由规则的适用条件（applicable）规定怎么计。",
            "Check the number; where it is 0 indeed, `applicable` in the rules says what counts.",
        ),
        _RULE + "examples: [{given: {全年执行数: 0, 全年预算数: 0}, expect: {rate: missing}}]\n",
        _RULE + "examples: [{given: {全年执行数: 0, 全年预算数: 9}, expect: {rate: 0}}]\n",
    ),
    "condition-fails": Page(
        Phrase("指标的适用条件不成立，规则规定按缺处理。", "The condition of an indicator does not hold, and the rules count it as missing then."),
        Phrase("缺不等于不适用：总分会是一个范围，没有定数。", "Missing is not “does not apply”: the total becomes a range."),
        Phrase(
            "核对条件读的数，例如预算数是不是漏填成了 0。",
            "Check the numbers that the condition reads, like a budget that says 0.",
        ),
        "rules: hunan/department@2024\nbudget: {adjusted: 0, executed: 0}\n",
        "rules: hunan/department@2024\nbudget: {adjusted: 100, executed: 0}\n",
    ),
    "variant-undecided": Page(
        Phrase(
            "不知道属于哪种情形，因为条件要读的数没有填。", "Nobody can tell which variant it is, because what the condition reads is not filled in."
        ),
        Phrase("整套规则的情形按不成立处理，单个指标则按缺。", "A variant of the rule set then does not hold; an indicator is missing."),
        Phrase("把条件里的数据填上。", "Fill in the facts of the condition."),
        "facts: {西部: {kind: truth}}\nindicators:\n"
        "  - {id: rate, points: 10, measure: 全年执行数, method: direct, variants: [{when: 西部, method: yes-no}]}\n"
        "examples: [{given: {全年执行数: 5}, expect: {rate: missing}}]\n",
        "facts: {西部: {kind: truth}}\nindicators:\n"
        "  - {id: rate, points: 10, measure: 全年执行数, method: direct, variants: [{when: 西部, method: yes-no}]}\n"
        "examples: [{given: {全年执行数: 5, 西部: 否}, expect: {rate: 5}}]\n",
    ),
}

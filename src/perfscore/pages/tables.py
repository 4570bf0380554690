"""Pages of tables of many forms: files, columns and rows that cannot be read or understood."""

from __future__ import annotations

from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

_ANEW = Phrase("重新导出或重新获取这个文件。", "Export the file anew, or get it again.")
_COLUMNS = Phrase("改列名，或用列名对照文件说明每一列是什么。", "Call the column otherwise, or say what it is in a file of columns.")
_QUOTES = Phrase(
    "含逗号、换行或引号的格子用引号括起来；最好让程序导出。", "Put cells with commas, line feeds or quotes in quotes; best have a program export it."
)
_SCATTER = Phrase("缺了行的表如果照样评分，得出的分数是错的。", "A form that lacks a row would be given a score that is wrong.")
_ROW = Phrase("其余各行照常读取，这一行不评分，列在错误表里。", "The other rows are read; this one is not scored and stands in the table of errors.")

PAGES: dict[str, Page] = {
    "unknown-table-format": Page(
        Phrase("文件的扩展名不是能读写的表格格式。", "The ending of the file is none of a table that can be read or written."),
        Phrase("格式按扩展名判断，不猜内容。", "The ending tells the format; the content is not guessed at."),
        Phrase("换成提示里列出的格式，或改正扩展名。", "Take a format that the hint lists, or correct the ending."),
    ),
    "extra-missing": Page(
        Phrase("读写这种表格要用的组件没有安装。", "What reads or writes such tables is not installed."),
        Phrase("只评单张表的人用不着它，所以不随程序安装。", "Who scores single forms does not need it, so it does not come with the program."),
        Phrase("运行提示里的安装命令。", "Run the command that the hint shows."),
    ),
    "table-broken": Page(
        Phrase("文件内容和扩展名不符，或者已经损坏。", "The content is not what the ending says, or it is damaged."),
        Phrase("多半是传输中断或直接改了扩展名，后面的内容不可信。", "Most often it was cut off or renamed, and what is left cannot be trusted."),
        _ANEW,
    ),
    "table-empty": Page(
        Phrase("表里没有列名。", "The table has no names of columns."),
        Phrase("没有列名就不知道各列是什么。", "Without names nobody can tell what the columns are."),
        Phrase("第一行写列名。", "Write the names of the columns in the first row."),
    ),
    "too-many-columns": Page(
        Phrase("表的列数超过上限。", "The table has more columns than the limit."),
        Phrase("这样多的列多半是行列颠倒或分隔符不对。", "So many columns are most likely rows, or the file has another separator."),
        Phrase("检查文件是否导出正确。", "Look whether the file was exported as it should be."),
    ),
    "workbook-too-large": Page(
        Phrase("工作簿解压后过大。", "The workbook unpacks to too much."),
        Phrase("很小的文件可以解压出几百 GB，把电脑拖垮。", "A small file can unpack to hundreds of gigabytes and bring a computer down."),
        Phrase("确认文件来源可靠，另存为 CSV。", "Make sure where it comes from, and save it as CSV."),
    ),
    "no-sheet": Page(
        Phrase("工作簿里没有这个工作表。", "The workbook has no such sheet."),
        Phrase("读别的工作表会评错数据。", "Another sheet would be the wrong data."),
        Phrase("核对工作表名称。", "Check the name of the sheet."),
    ),
    "first-sheet": Page(
        Phrase("工作簿有几个工作表，读的是第一个。", "The workbook has several sheets, and the first is read."),
        Phrase("要评的数据可能在别的工作表里。", "What is to be scored may stand in another one."),
        Phrase("写明要读的工作表。", "Name the sheet that is to be read."),
    ),
    "formula-without-value": Page(
        Phrase("格子里是公式，文件没有保存它的结果。", "A cell is a formula, and the file does not hold its result."),
        Phrase("当作空白会少评，当作 0 会评错。", "Taken for a blank it would be missing, taken for 0 it would be wrong."),
        Phrase("用 Excel 打开文件并保存一次。", "Open the file in Excel and save it."),
    ),
    "row-ragged": Page(Phrase("这一行的格数和列名数不一样。", "The row has more or fewer cells than there are columns."), _ROW, _QUOTES),
    "row-unreadable": Page(Phrase("从这一行起，文件的写法读不出来。", "From this row on the file cannot be taken apart."), _ROW, _QUOTES),
    "rows-unreadable": Page(
        Phrase("一段行里有读不出来的值。", "A block of rows holds values that cannot be read."),
        Phrase("如年份超出范围的日期；这一段都不评分。", "Like a day beyond all years; none of the block is scored."),
        _ANEW,
    ),
    "row-encoding": Page(
        Phrase("这一行不是文件其余部分的编码。", "The row is not in the encoding of the rest of the file."),
        Phrase("多半是两个文件拼在一起，猜错编码会把字读成别的字。", "Two files were joined; a wrong guess turns characters into others."),
        Phrase("另存为 UTF-8 后再试。", "Save the file as UTF-8 and try again."),
    ),
    "quote-swallows-rows": Page(
        Phrase("引号没有合上，后面的内容都成了一格。", "A quote is never closed, so that all behind it would be one cell."),
        Phrase("后面的行都没有读，不会评分。", "The lines behind it are not read and not scored."),
        Phrase("在指出的行补上引号或删去多余的引号。", "Close or delete the quote in the line that is named."),
    ),
    "cell-too-long": Page(
        Phrase("有一格的文字超过上限。", "The text of a cell is longer than the limit."),
        Phrase("这样长的格子多半是引号写错，吞掉了后面的内容。", "So long a cell has most likely swallowed others by a wrong quote."),
        Phrase("检查这一行的引号，或缩短文字。", "Look at the quotes of the row, or shorten the text."),
    ),
    "line-unreadable": Page(
        Phrase("这一行不是一个 JSON 对象。", "The line is no JSON object."),
        _ROW,
        Phrase("每行写一个完整的 JSON 对象。", "Write one whole JSON object on each line."),
    ),
    "duplicate-column": Page(
        Phrase("两列同名，或者是同一个意思。", "Two columns share a name or a meaning."),
        Phrase("用哪一列评分不能由程序来猜。", "Which of them counts is not for a program to guess."),
        _COLUMNS,
    ),
    "unknown-column": Page(
        Phrase("列名对照文件里的列或含义不存在。", "The file of columns names a column or a meaning that does not exist."),
        Phrase("对照写错了，那一列就不会被读到。", "A column that is named wrongly would not be read."),
        Phrase("按提示改正列名或含义。", "Correct the column or the meaning as the hint says."),
    ),
    "no-known-column": Page(
        Phrase("没有一列的名称看得懂。", "No column has a name that is understood."),
        Phrase("多半是第一行不是列名，而是标题。", "Most often the first row is a title and not the names."),
        Phrase("删去列名上面的标题行，或写列名对照文件。", "Delete what stands above the names, or write a file of columns."),
    ),
    "ambiguous-column": Page(
        Phrase("一个列名可以有两种意思。", "The name of a column can mean two things."),
        Phrase(
            "如“单位”可以是填报单位，也可以是计量单位；猜错就评错。",
            "Like 单位, who fills in the form or what is counted: a wrong guess is a wrong score.",
        ),
        _COLUMNS,
    ),
    "column-not-read": Page(
        Phrase("这一列的名称看不懂，没有读。", "The name of the column is not understood, and it is not read."),
        Phrase("如果它是评分要用的数据，各张表都会缺这个数。", "If it is something that counts, every form lacks it."),
        _COLUMNS,
    ),
    "unit-understood": Page(
        Phrase("“单位”一列按填报单位读。", "The column 单位 is read as the unit that fills in the form."),
        Phrase("它也可能是指标值的计量单位。", "It could as well be the unit of measure of the values."),
        Phrase("是计量单位的，把列名改成“计量单位”。", "Call it 计量单位 if it is a unit of measure."),
    ),
    "unit-not-taken": Page(
        Phrase("格子里的值不能加上旁边写的计量单位。", "The value of a cell cannot have the unit that stands beside it."),
        Phrase("按没有单位的数读，比较时可能对不上。", "It is read without one, and may then be of another kind than its target."),
        Phrase("把单位写在值后面，或改正计量单位。", "Write the unit behind the value, or correct it."),
    ),
    "no-form-key": Page(
        Phrase("每行一个指标的表，没有一列说明是哪张表的。", "A table with a row per indicator has no column that says whose it is."),
        Phrase("各张表的指标混在一起，就没法评分。", "Forms that cannot be told apart cannot be scored."),
        Phrase("加一列表号或单位，每行都填。", "Add a column of forms or units, filled in on every row."),
    ),
    "rows-in-parts": Page(
        Phrase(
            "每行一个指标的表，不能分到多台机器上一段一段地评分。", "A table with a row per indicator cannot be scored part by part on many machines."
        ),
        Phrase(
            "同一张表的行可能分到不同的段里，每一段都不完整。", "The rows of one form may come to different parts, and none of these is a whole form."
        ),
        Phrase(
            "用 perfscore batch 评分，或先整理成一张表一行、列为各项数据的表格。",
            "Score it with perfscore batch, or bring each form into one row with a column for each fact.",
        ),
    ),
    "form-key-missing": Page(
        Phrase("这一行没有填是哪张表的。", "The row does not say whose it is."),
        _SCATTER,
        Phrase("取消合并单元格，每行都填满。", "Take merged cells apart and fill in every row."),
    ),
    "rows-scattered": Page(
        Phrase("一张表的行没有连在一起。", "The rows of a form do not stand together."),
        Phrase(
            "前面的部分已当作一张表评分，那个结果不完整，不能用。", "The part before was scored as a form: that result is incomplete and of no use."
        ),
        Phrase("按提示里的列排序后再评。", "Sort the table by the column that the hint names."),
    ),
    "rows-lost": Page(
        Phrase("表的行里或前后有读不出来的行。", "There are rows beside or among those of the form that cannot be read."),
        _SCATTER,
        Phrase("改正列出的各行。", "Mend the rows that are listed."),
    ),
    "rows-disagree": Page(
        Phrase("同一张表的各行，整张表的数据写得不一样。", "The rows of a form differ in what they say of the whole form."),
        Phrase("用哪一个评分不能由程序来猜。", "Which of them counts is not for a program to guess."),
        Phrase("各行写成一样，或只在一行填写。", "Write the same on every row, or fill it in on one of them."),
    ),
    "fact-twice": Page(
        Phrase("一项数据既填了整格，又分列填了各项。", "A fact is filled in as a whole and in parts."),
        Phrase("用哪一个评分不能由程序来猜。", "Which of them counts is not for a program to guess."),
        Phrase("只填其中一种。", "Fill in one of both."),
    ),
    "budget-key-differs": Page(
        Phrase("预算表和指标表区分各表的列不一样。", "The table of budgets tells forms apart by other columns than that of indicators."),
        Phrase("预算会配错单位。", "Budgets would come to the wrong forms."),
        Phrase("两张表用同样的列，如都用表号。", "Give both tables the same columns, like 表号."),
    ),
    "budget-missing": Page(
        Phrase("预算表里没有这张表的一行。", "The table of budgets has no row for the form."),
        Phrase("没有预算，预算执行率就没有分。", "Without a budget its execution has no score."),
        Phrase("补上这一行，核对表号或单位名称。", "Add the row, and check how the form is called there."),
    ),
    "budget-doubled": Page(
        Phrase("预算表里同一张表有几行。", "The table of budgets has several rows for a form."),
        Phrase("用哪一行评分不能由程序来猜。", "Which of them counts is not for a program to guess."),
        Phrase("只留一行。", "Leave one of them."),
    ),
    "form-without-rows": Page(
        Phrase("预算表里有，指标表里没有。", "It stands in the table of budgets and not in that of indicators."),
        Phrase("单位可能没有交表，或者两处名称写得不一样。", "The unit handed in no form, or is called otherwise there."),
        Phrase("补上指标各行，或核对名称。", "Add its rows of indicators, or check how it is called."),
    ),
}

import { isFormula, type ColumnInfo, type Formula, type Table, type Value } from './sheet.ts';

interface Coded {
  readonly at: number;
  readonly info: ColumnInfo;
  readonly codeOf: (word: Value | Formula | undefined) => Value;
}

/**
 * A table with the code of each word beside it: for every column of words that stand for codes, one at the right end,
 * where it is left out of the print and in nobody's way. What is no word of the field, such as a code from a newer laptop,
 * is a code already.
 */
export function withCodes(table: Table): Table {
  const coded = table.columns.flatMap((column, at): Coded[] => {
    if (!column.codes) return [];
    const { key, header } = column;
    const codes = new Map(column.codes.map(({ code, label }) => [label, code]));
    return [
      {
        at,
        info: {
          key: `${key}Code`,
          header: `${header} 코드`,
          width: 14,
          kind: 'text',
          meaning: `"${header}" 열의 낱말을 기록에 쓰는 코드예요. 코드마다의 뜻은 그 열에 적었어요.`,
          screenOnly: true,
        },
        codeOf: (word) => {
          if (typeof word === 'string') return codes.get(word) ?? word;
          if (word !== undefined && isFormula(word))
            throw new TypeError(`${table.name}: ${header} is a formula`);
          return null;
        },
      },
    ];
  });
  if (coded.length === 0) return table;
  return {
    ...table,
    columns: [...table.columns, ...coded.map(({ info }) => info)],
    row(index) {
      const cells = table.row(index);
      for (const { at, codeOf } of coded) cells.push(codeOf(cells[at]));
      return cells;
    },
    values(key) {
      const of = coded.find(({ info }) => info.key === key);
      return of ? table.values(table.columns[of.at]!.key).map(of.codeOf) : table.values(key);
    },
  };
}

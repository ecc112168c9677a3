//! Numbers with names and units: what projections hand to files, charts and reports.
//!
//! A table knows nothing of the engine; charts and reports see nothing else.
//!
//! ```
//! use tellwave::table::{Column, Table, Values};
//!
//! let people = Column {
//!     name: "people".into(),
//!     unit: "people".into(),
//!     meaning: "who was told".into(),
//!     values: Values::Count(vec![3, 5, 8]),
//! };
//! let table = Table { columns: vec![people] };
//! assert_eq!((table.rows(), table.column("people").map(|column| column.values.reals()[2])), (3, Some(8.0)));
//! ```

/// Named columns of equal length.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The columns, in the order they are written.
    pub columns: Vec<Column>,
}

/// One column: what it is called, what it is measured in, what it means, and its numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Snake-case name, unique in its table.
    pub name: String,
    /// Unit ("people", "words", "USD", "days"), empty for a bare number.
    pub unit: String,
    /// A sentence that says what the numbers are.
    pub meaning: String,
    /// The numbers.
    pub values: Values,
}

/// The cells of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Whole numbers.
    Count(Vec<i64>),
    /// Exact money: minor units, of which a major unit has 10^`digits`.
    Money {
        /// Amounts [minor units].
        minor: Vec<i64>,
        /// Decimal digits of the currency (2 for USD, 0 for JPY).
        digits: u8,
    },
    /// Real numbers (means and quantiles), money among them in major units.
    Real(Vec<f64>),
    /// Names, such as that of an account or of a scenario.
    Name(Vec<String>),
}

impl Values {
    /// How many rows.
    pub fn len(&self) -> usize {
        match self {
            Values::Count(values) | Values::Money { minor: values, .. } => values.len(),
            Values::Real(values) => values.len(),
            Values::Name(names) => names.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The column as real numbers; money in major units. A name is none (NaN).
    pub fn reals(&self) -> Vec<f64> {
        match self {
            Values::Count(values) => values.iter().map(|&v| v as f64).collect(),
            Values::Money { minor, digits } => {
                let scale = 10f64.powi(i32::from(*digits));
                minor.iter().map(|&v| v as f64 / scale).collect()
            }
            Values::Real(values) => values.clone(),
            Values::Name(names) => vec![f64::NAN; names.len()],
        }
    }
}

impl Table {
    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Takes in the rows of another table of the same columns.
    ///
    /// # Panics
    /// If its columns are others.
    pub fn append(&mut self, more: Table) {
        assert_eq!(self.columns.len(), more.columns.len(), "the same columns");
        for (column, more) in self.columns.iter_mut().zip(more.columns) {
            assert_eq!(column.name, more.name, "the same columns");
            match (&mut column.values, more.values) {
                (Values::Count(values), Values::Count(more)) => values.extend(more),
                (Values::Money { minor, .. }, Values::Money { minor: more, .. }) => minor.extend(more),
                (Values::Real(values), Values::Real(more)) => values.extend(more),
                (Values::Name(names), Values::Name(more)) => names.extend(more),
                _ => panic!("column {} holds other cells", column.name),
            }
        }
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.values.len())
    }
}

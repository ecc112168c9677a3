//! Tables: named columns with units, handed over by the Arrow C stream interface without a copy.

use crate::error::{internal, of_use};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::{Schema, SchemaRef};
use pyo3::exceptions::PyModuleNotFoundError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};
use std::sync::Arc;
use tellwave::store;

/// A table. Anything that reads Arrow takes it: ``pyarrow.table(t)``, ``polars.DataFrame(t)``, ``duckdb.sql("from t")``,
/// and :meth:`to_pandas`.
///
/// Every column has a unit and a meaning, which go with it as Arrow metadata. Money is decimal, in the currency of the
/// scenario, and exact.
#[pyclass(frozen, module = "tellwave")]
pub struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
    /// The table that it was made from, as the command would write it.
    plain: Option<tellwave::table::Table>,
}

impl Table {
    /// Of a table of the library.
    pub fn of(table: tellwave::table::Table) -> PyResult<Table> {
        let batch = store::record_batch(&table).map_err(internal)?;
        Ok(Table { schema: batch.schema(), batches: vec![batch], plain: Some(table) })
    }

    /// Of what is Arrow already.
    pub fn of_batches(schema: Arc<Schema>, batches: Vec<RecordBatch>) -> Table {
        Table { schema, batches, plain: None }
    }

    /// What the columns' metadata say under a name.
    fn said<'py>(&self, py: Python<'py>, what: &str) -> PyResult<Bound<'py, PyDict>> {
        let said = PyDict::new(py);
        for field in self.schema.fields() {
            said.set_item(field.name(), field.metadata().get(what).map_or("", String::as_str))?;
        }
        Ok(said)
    }
}

#[pymethods]
impl Table {
    /// The names of the columns, in order.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The unit of each column ("people", "USD", "days"); empty for a bare number.
    #[getter]
    fn units<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.said(py, "unit")
    }

    /// What each column means, in a sentence.
    #[getter]
    fn meanings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.said(py, "meaning")
    }

    /// How many rows there are.
    #[getter]
    fn num_rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __len__(&self) -> usize {
        self.num_rows()
    }

    fn __repr__(&self) -> String {
        const SHOWN: usize = 8;
        let names = self.column_names();
        let more = if names.len() > SHOWN { format!(", … ({} columns)", names.len()) } else { String::new() };
        format!("<tellwave.Table: {} rows of {}{more}>", self.num_rows(), names[..names.len().min(SHOWN)].join(", "))
    }

    /// The Arrow C stream of the table, for whoever reads Arrow; ``requested_schema`` is not looked at, which the
    /// interface allows.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let batches = RecordBatchIterator::new(self.batches.clone().into_iter().map(Ok), self.schema.clone());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), c"arrow_array_stream")
    }

    /// The table as a ``pyarrow.Table``.
    fn to_pyarrow<'py>(slf: Bound<'py, Table>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pyarrow")?.call_method1("table", (slf,))
    }

    /// The table as a ``pandas.DataFrame``; by way of pyarrow.
    fn to_pandas<'py>(slf: Bound<'py, Table>) -> PyResult<Bound<'py, PyAny>> {
        Table::to_pyarrow(slf)?.call_method0("to_pandas")
    }

    /// The table as a ``polars.DataFrame``.
    fn to_polars<'py>(slf: Bound<'py, Table>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("polars")?.getattr("DataFrame")?.call1((slf,))
    }

    /// What a notebook shows: the table as pandas does, where it is installed.
    fn _repr_html_<'py>(slf: Bound<'py, Table>) -> PyResult<Option<Bound<'py, PyAny>>> {
        match Table::to_pandas(slf.clone()) {
            Ok(frame) => frame.call_method0("_repr_html_").map(Some),
            Err(missing) if missing.is_instance_of::<PyModuleNotFoundError>(slf.py()) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// The table as CSV, as the command writes it.
    ///
    /// Raises `UsageError` for events, which the command writes as Parquet alone.
    fn to_csv(&self, py: Python<'_>) -> PyResult<String> {
        let Some(table) = &self.plain else {
            return Err(of_use(py, "Tellwave writes events as Parquet, not as CSV; use to_pandas().to_csv()"));
        };
        let mut bytes = vec![];
        store::write_csv(table, &mut bytes).map_err(internal)?;
        String::from_utf8(bytes).map_err(internal)
    }
}

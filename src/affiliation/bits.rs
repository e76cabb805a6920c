//! Rows of bits: who belongs to what, 64 organisations a word.

/// A matrix of bits, row by row. Bits beyond the last column are 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BitRows {
    rows: usize,
    columns: usize,
    words: usize,
    bits: Vec<u64>,
}

impl BitRows {
    /// A matrix of zeros.
    pub fn new(rows: usize, columns: usize) -> BitRows {
        let words = columns.div_ceil(64);
        BitRows { rows, columns, words, bits: vec![0; rows * words] }
    }

    /// A matrix of its words, row by row; a row takes `columns` / 64 words, rounded up.
    ///
    /// # Panics
    /// If there are more or fewer.
    pub fn of_words(rows: usize, columns: usize, bits: Vec<u64>) -> BitRows {
        let words = columns.div_ceil(64);
        assert_eq!(bits.len(), rows * words, "words of {rows} rows of {columns} columns");
        BitRows { rows, columns, words, bits }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Sets a bit.
    pub fn set(&mut self, row: usize, column: usize) {
        self.bits[row * self.words + column / 64] |= 1 << (column % 64);
    }

    /// Clears a bit.
    pub fn clear(&mut self, row: usize, column: usize) {
        self.bits[row * self.words + column / 64] &= !(1 << (column % 64));
    }

    /// Whether a bit is set.
    pub fn get(&self, row: usize, column: usize) -> bool {
        self.bits[row * self.words + column / 64] >> (column % 64) & 1 == 1
    }

    /// The words of a row.
    pub fn row(&self, row: usize) -> &[u64] {
        &self.bits[row * self.words..(row + 1) * self.words]
    }

    /// The words of a row, to be changed.
    pub fn row_mut(&mut self, row: usize) -> &mut [u64] {
        &mut self.bits[row * self.words..(row + 1) * self.words]
    }

    /// Adds the bits of another matrix of the same shape.
    pub fn add(&mut self, other: &BitRows) {
        debug_assert_eq!((self.rows, self.columns), (other.rows, other.columns));
        self.bits.iter_mut().zip(&other.bits).for_each(|(own, more)| *own |= more);
    }

    /// The rows at some places, in their order.
    pub fn rows_at(&self, places: impl IntoIterator<Item = usize>) -> BitRows {
        let (mut rows, mut bits) = (0, Vec::new());
        for at in places {
            bits.extend_from_slice(self.row(at));
            rows += 1;
        }
        BitRows { rows, columns: self.columns, words: self.words, bits }
    }

    /// The columns at some places, in their order.
    pub fn columns_at(&self, places: &[usize]) -> BitRows {
        let mut out = BitRows::new(self.len(), places.len());
        for row in 0..self.len() {
            for (to, from) in places.iter().enumerate() {
                if self.get(row, *from) {
                    out.set(row, to);
                }
            }
        }
        out
    }

    /// Rows become columns.
    pub fn transposed(&self) -> BitRows {
        let mut out = BitRows::new(self.columns, self.len());
        for row in 0..self.len() {
            for column in ones(self.row(row)) {
                out.set(column, row);
            }
        }
        out
    }

    /// How many rows have each column.
    pub fn degrees(&self) -> Vec<u32> {
        let mut degrees = vec![0; self.columns];
        for row in 0..self.len() {
            for column in ones(self.row(row)) {
                degrees[column] += 1;
            }
        }
        degrees
    }
}

/// How many bits are set.
pub fn count(row: &[u64]) -> u32 {
    row.iter().map(|word| word.count_ones()).sum()
}

/// How many bits two rows share.
pub fn shared(one: &[u64], other: &[u64]) -> u32 {
    one.iter().zip(other).map(|(a, b)| (a & b).count_ones()).sum()
}

/// Places of the bits that are set, ascending.
pub fn ones(row: &[u64]) -> impl Iterator<Item = usize> + '_ {
    row.iter().enumerate().flat_map(|(at, word)| {
        let mut left = *word;
        std::iter::from_fn(move || {
            (left != 0).then(|| {
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                at * 64 + bit
            })
        })
    })
}

/// Places of the bits that two rows share, ascending.
pub fn shared_ones<'r>(one: &'r [u64], other: &'r [u64]) -> impl Iterator<Item = usize> + 'r {
    one.iter().zip(other).enumerate().flat_map(|(at, (a, b))| {
        let mut left = a & b;
        std::iter::from_fn(move || {
            (left != 0).then(|| {
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                at * 64 + bit
            })
        })
    })
}

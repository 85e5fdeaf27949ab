/** The lower factor of a matrix that is symmetric and curves upwards everywhere, row after row (Cholesky). What rounding has made flat is lifted by a hair. */
export function factored(matrix: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = matrix[i * size + j] ?? 0;
      for (let k = 0; k < j; k += 1) sum -= (factor[i * size + k] as number) * (factor[j * size + k] as number);
      factor[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (factor[j * size + j] as number);
    }
  }
  return factor;
}

/** The column that the factored matrix turns into `right`. */
export function solved(factor: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const found = Float64Array.from(right);
  for (let i = 0; i < size; i += 1) {
    let sum = found[i] as number;
    for (let k = 0; k < i; k += 1) sum -= (factor[i * size + k] as number) * (found[k] as number);
    found[i] = sum / (factor[i * size + i] as number);
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    let sum = found[i] as number;
    for (let k = i + 1; k < size; k += 1) sum -= (factor[k * size + i] as number) * (found[k] as number);
    found[i] = sum / (factor[i * size + i] as number);
  }
  return found;
}

/** The inverse of the factored matrix. */
export function inverseOf(factor: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let column = 0; column < size; column += 1) {
    const unit = new Float64Array(size);
    unit[column] = 1;
    solved(factor, unit).forEach((number, row) => { inverse[row * size + column] = number; });
  }
  return inverse;
}

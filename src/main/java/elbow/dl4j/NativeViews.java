package elbow.dl4j;

import elbow.base.Check;
import elbow.math.FloatMemory;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** ND4J arrays as the off-heap memory they are. */
final class NativeViews {
    private NativeViews() {}

    /**
     * The elements of a contiguous {@code FLOAT} vector or matrix in row order, in place; keeps the array reachable.
     */
    static FloatMemory of(INDArray array) {
        Check.argument(array.dataType() == DataType.FLOAT, "array", "be of type FLOAT", array.dataType());
        Check.argument(isRowMajor(array), "array", "be contiguous in row order", array.shapeInfoToString());
        // Never closed: closing a pointer frees the memory it was made from, which is the array's.
        FloatPointer buffer = new FloatPointer(array.data().pointer());
        return FloatMemory.view(buffer.getPointer(array.offset()), array.length(), array);
    }

    /** Copies a matrix of any order and type into {@code target}, row after row. */
    static void copyRows(INDArray matrix, float[] target) {
        INDArray source = matrix.dataType() == DataType.FLOAT && isRowMajor(matrix)
                ? matrix
                : matrix.castTo(DataType.FLOAT).dup('c');
        of(source).get(0, target, Math.toIntExact(source.length()));
    }

    private static boolean isRowMajor(INDArray array) {
        if (array.length() == 1) {
            return true;
        }
        return array.isVector()
                ? array.elementWiseStride() == 1
                : array.rank() == 2 && array.stride(1) == 1 && array.stride(0) == array.size(1);
    }
}

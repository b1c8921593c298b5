package elbow.export;

import onnx.Onnx.TensorProto.DataType;

/** What the elements of a tensor are. */
enum ElementType {
    FLOAT(DataType.FLOAT, "float32"),
    DOUBLE(DataType.DOUBLE, "float64"),
    LONG(DataType.INT64, "int64"),
    BYTE(DataType.UINT8, "uint8"),
    TRUTH(DataType.BOOL, "bool"),
    TEXT(DataType.STRING, "object");

    private final DataType proto;
    private final String numpy;

    ElementType(DataType proto, String numpy) {
        this.proto = proto;
        this.numpy = numpy;
    }

    /** The type's name in ONNX. */
    DataType proto() {
        return proto;
    }

    /** The type's name in NumPy. */
    String numpy() {
        return numpy;
    }
}

/**
 * Whether TensorFlow's own types of 16 bits can be tested. Where oneDNN is limited to less than the processor has, TensorFlow asks it for what
 * it sees that the processor has, and ends the process.
 */
export const sixteenBits = process.env.ONEDNN_MAX_CPU_ISA === undefined

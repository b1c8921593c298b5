package elbow.vae.likelihood;

/** Variables of several columns, of which one is 1 and the others are 0. */
final class OneHot {
    private OneHot() {}

    /** Which of the columns {@code from .. from + categories} is the largest; the first one of equals. */
    static int category(float[] columns, int from, int categories) {
        int largest = 0;
        for (int i = 1; i < categories; i++) {
            if (columns[from + i] > columns[from + largest]) {
                largest = i;
            }
        }
        return largest;
    }

    /** Replaces probabilities by a draw of them. */
    static void draw(double uniform, float[] probabilities, int from, int categories) {
        double left = uniform;
        int drawn = 0;
        while (drawn < categories - 1 && left >= probabilities[from + drawn]) {
            left -= probabilities[from + drawn];
            drawn++;
        }
        for (int i = 0; i < categories; i++) {
            probabilities[from + i] = i == drawn ? 1f : 0f;
        }
    }
}

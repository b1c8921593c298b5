package org.apache.zeppelin.spark;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;
import org.apache.zeppelin.interpreter.InterpreterContext;
import org.apache.zeppelin.interpreter.InterpreterGroup;
import org.apache.zeppelin.interpreter.InterpreterResult;
import org.apache.zeppelin.interpreter.ZeppelinContext;
import org.apache.zeppelin.interpreter.thrift.InterpreterCompletion;
import org.apache.zeppelin.interpreter.util.InterpreterOutputStream;
import org.slf4j.LoggerFactory;
import scala.Console;
import scala.collection.immutable.List$;
import scala.tools.nsc.Settings;
import scala.tools.nsc.interpreter.IMain;

/**
 * Zeppelin's {@code %spark}, by Scala's own shell. Zeppelin looks for a class of this name, and the one that it has is
 * not on Maven Central. What the shell has to say of each value is not shown unless
 * {@code zeppelin.spark.printREPLOutput} is true.
 */
public final class SparkScala212Interpreter extends AbstractSparkScalaInterpreter {
    private final SparkConf conf;
    private final Properties properties;
    private final InterpreterGroup group;
    private final File classes;
    private final InterpreterOutputStream output =
            new InterpreterOutputStream(LoggerFactory.getLogger(SparkScala212Interpreter.class));
    private SparkSession session;
    private ZeppelinContext context;
    private IMain shell;

    /** As Zeppelin calls it. */
    public SparkScala212Interpreter(
            SparkConf conf,
            List<String> dependencies,
            Properties properties,
            InterpreterGroup group,
            URLClassLoader loader,
            File classes) {
        this.conf = conf;
        this.properties = properties;
        this.group = group;
        this.classes = classes;
    }

    @Override
    public void open() {
        // Tasks find here what paragraphs define.
        conf.set("spark.repl.class.outputDir", classes.getAbsolutePath());
        session = SparkSession.builder().config(conf).getOrCreate();
        SparkShims shims;
        try {
            shims = SparkShims.getInstance(session.version(), properties, session);
        } catch (Exception e) {
            throw new IllegalStateException("Zeppelin must know Spark " + session.version() + ", but does not", e);
        }
        int rows = Integer.parseInt(properties.getProperty("zeppelin.spark.maxResult", "1000"));
        context = new Display(group, rows, shims);
        Settings settings = new Settings();
        settings.processArgumentString("-usejavacp -Yrepl-class-based -Yrepl-outdir " + classes.getAbsolutePath());
        shell = new IMain(settings, new PrintWriter(output, true));
        shell.initializeSynchronous();
        bind("spark", SparkSession.class, session);
        bind("sc", SparkContext.class, session.sparkContext());
        bind("z", ZeppelinContext.class, context);
        run("import spark.implicits._\nimport spark.sql\nimport org.apache.spark.sql.functions._");
    }

    private void bind(String name, Class<?> type, Object value) {
        shell.beQuietDuring(() -> shell.bind(name, type.getName(), value, List$.MODULE$.empty()));
    }

    private Object run(String code) {
        return Boolean.parseBoolean(properties.getProperty("zeppelin.spark.printREPLOutput", "true"))
                ? shell.interpret(code)
                : shell.beQuietDuring(() -> shell.interpret(code));
    }

    @Override
    public InterpreterResult interpret(String code, InterpreterContext paragraph) {
        context.setInterpreterContext(paragraph);
        context.setGui(paragraph.getGui());
        context.setNoteGui(paragraph.getNoteGui());
        output.setInterpreterOutput(paragraph.out);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(shell.classLoader());
        try {
            String result = Console.withOut(output, () -> run(code)).toString();
            output.flush();
            return new InterpreterResult(
                    switch (result) {
                        case "Success" -> InterpreterResult.Code.SUCCESS;
                        case "Incomplete" -> InterpreterResult.Code.INCOMPLETE;
                        default -> InterpreterResult.Code.ERROR;
                    });
        } catch (IOException e) {
            return new InterpreterResult(InterpreterResult.Code.ERROR, e.toString());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public List<InterpreterCompletion> completion(String code, int cursor, InterpreterContext paragraph) {
        return List.of();
    }

    @Override
    public int getProgress(String jobs, InterpreterContext paragraph) {
        return 0;
    }

    @Override
    public void close() {
        shell.close();
        session.stop();
    }

    @Override
    public SparkContext getSparkContext() {
        return session.sparkContext();
    }

    @Override
    public SQLContext getSqlContext() {
        return session.sqlContext();
    }

    @Override
    public Object getSparkSession() {
        return session;
    }

    @Override
    public String getSparkUrl() {
        return "";
    }

    @Override
    public ZeppelinContext getZeppelinContext() {
        return context;
    }

    @Override
    public ClassLoader getScalaShellClassLoader() {
        return shell.classLoader();
    }

    /** What paragraphs call {@code z}. */
    private static final class Display extends ZeppelinContext {
        private final SparkShims shims;

        Display(InterpreterGroup group, int rows, SparkShims shims) {
            super(group.getInterpreterHookRegistry(), rows);
            this.shims = shims;
        }

        @Override
        public Map<String, String> getInterpreterClassMap() {
            return Map.of("spark", SparkInterpreter.class.getName(), "sql", SparkSqlInterpreter.class.getName());
        }

        @Override
        @SuppressWarnings("rawtypes") // As Zeppelin has it.
        public List<Class> getSupportedClasses() {
            return List.of(Dataset.class);
        }

        @Override
        public String showData(Object rows, int most) {
            return shims.showDataFrame(rows, most, getInterpreterContext());
        }
    }
}

"""The params of Elbow's stages. Written by generate.py from those of the Java classes: do not change by hand."""

from __future__ import annotations

from typing import List, Mapping, Sequence, TypeVar, Union

from pyspark.ml.param import Param, Params, TypeConverters

from elbow.lists import or_auto, to_hocon

T = TypeVar("T", bound=Params)


class _ScoreParams(Params):
    """How a model scores rows. Set on an estimator, its models have them."""

    explained: Param[int] = Param(
        Params._dummy(),
        "explained",
        "How many columns contributions names of each row, those that make it strange. 0: contributions is "
        "null, which is faster.",
        typeConverter=TypeConverters.toInt,
    )

    def setExplained(self: T, value: int) -> T:
        """Sets :attr:`explained`."""
        return self._set(explained=value)  # type: ignore[return-value]

    def getExplained(self) -> int:
        """The value of :attr:`explained`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.explained)

    latentCol: Param[str] = Param(
        Params._dummy(),
        "latentCol",
        "Name of a further column, a vector of the means of each row's latents, for stages that come after. "
        "Not set: none, which is faster.",
        typeConverter=TypeConverters.toString,
    )

    def setLatentCol(self: T, value: str) -> T:
        """Sets :attr:`latentCol`."""
        return self._set(latentCol=value)  # type: ignore[return-value]

    def getLatentCol(self) -> str:
        """The value of :attr:`latentCol`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.latentCol)

    scoringSamples: Param[int] = Param(
        Params._dummy(),
        "scoringSamples",
        "The key scoring.samples of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setScoringSamples(self: T, value: int) -> T:
        """Sets :attr:`scoringSamples`."""
        return self._set(scoringSamples=value)  # type: ignore[return-value]

    def getScoringSamples(self) -> int:
        """The value of :attr:`scoringSamples`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.scoringSamples)

    threshold: Param[float] = Param(
        Params._dummy(),
        "threshold",
        "Anomaly score in nats above which is_anomaly is true. Not set: the model's, from the rows held out.",
        typeConverter=TypeConverters.toFloat,
    )

    def setThreshold(self: T, value: float) -> T:
        """Sets :attr:`threshold`."""
        return self._set(threshold=value)  # type: ignore[return-value]

    def getThreshold(self) -> float:
        """The value of :attr:`threshold`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.threshold)


class _FitParams(Params):
    """What is trained on, and how."""

    activation: Param[str] = Param(
        Params._dummy(),
        "activation",
        "The key model.activation of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setActivation(self: T, value: str) -> T:
        """Sets :attr:`activation`."""
        return self._set(activation=value)  # type: ignore[return-value]

    def getActivation(self) -> str:
        """The value of :attr:`activation`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.activation)

    anomalyIndicatorCol: Param[str] = Param(
        Params._dummy(),
        "anomalyIndicatorCol",
        "Column of truth values: rows where it is true, at least 3, are known to be anomalies. They are not "
        "trained on; they choose, by cross validation against held-out rows, marginalWeight and "
        "neighbourWeight where these are not set. It is not modelled. Not set: none are known.",
        typeConverter=TypeConverters.toString,
    )

    def setAnomalyIndicatorCol(self: T, value: str) -> T:
        """Sets :attr:`anomalyIndicatorCol`."""
        return self._set(anomalyIndicatorCol=value)  # type: ignore[return-value]

    def getAnomalyIndicatorCol(self) -> str:
        """The value of :attr:`anomalyIndicatorCol`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.anomalyIndicatorCol)

    anomalyLabel: Param[str] = Param(
        Params._dummy(),
        "anomalyLabel",
        "Value of labelCol that anomalies have; rows with others are normal.",
        typeConverter=TypeConverters.toString,
    )

    def setAnomalyLabel(self: T, value: str) -> T:
        """Sets :attr:`anomalyLabel`."""
        return self._set(anomalyLabel=value)  # type: ignore[return-value]

    def getAnomalyLabel(self) -> str:
        """The value of :attr:`anomalyLabel`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.anomalyLabel)

    anomalyScore: Param[str] = Param(
        Params._dummy(),
        "anomalyScore",
        "The key scoring.anomaly-score of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setAnomalyScore(self: T, value: str) -> T:
        """Sets :attr:`anomalyScore`."""
        return self._set(anomalyScore=value)  # type: ignore[return-value]

    def getAnomalyScore(self) -> str:
        """The value of :attr:`anomalyScore`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.anomalyScore)

    averagingFrequency: Param[int] = Param(
        Params._dummy(),
        "averagingFrequency",
        "The key training.averaging-frequency of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setAveragingFrequency(self: T, value: int) -> T:
        """Sets :attr:`averagingFrequency`."""
        return self._set(averagingFrequency=value)  # type: ignore[return-value]

    def getAveragingFrequency(self) -> int:
        """The value of :attr:`averagingFrequency`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.averagingFrequency)

    batchSize: Param[int] = Param(
        Params._dummy(),
        "batchSize",
        "The key training.batch-size of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setBatchSize(self: T, value: int) -> T:
        """Sets :attr:`batchSize`."""
        return self._set(batchSize=value)  # type: ignore[return-value]

    def getBatchSize(self) -> int:
        """The value of :attr:`batchSize`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.batchSize)

    beta: Param[float] = Param(
        Params._dummy(),
        "beta",
        "The key objective.beta of reference.conf.",
        typeConverter=TypeConverters.toFloat,
    )

    def setBeta(self: T, value: float) -> T:
        """Sets :attr:`beta`."""
        return self._set(beta=value)  # type: ignore[return-value]

    def getBeta(self) -> float:
        """The value of :attr:`beta`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.beta)

    binaryCols: Param[List[str]] = Param(
        Params._dummy(),
        "binaryCols",
        "The key data.types.binary of reference.conf.",
        typeConverter=TypeConverters.toListString,
    )

    def setBinaryCols(self: T, value: List[str]) -> T:
        """Sets :attr:`binaryCols`."""
        return self._set(binaryCols=value)  # type: ignore[return-value]

    def getBinaryCols(self) -> List[str]:
        """The value of :attr:`binaryCols`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.binaryCols)

    capacity: Param[float] = Param(
        Params._dummy(),
        "capacity",
        "The key objective.capacity of reference.conf.",
        typeConverter=TypeConverters.toFloat,
    )

    def setCapacity(self: T, value: float) -> T:
        """Sets :attr:`capacity`."""
        return self._set(capacity=value)  # type: ignore[return-value]

    def getCapacity(self) -> float:
        """The value of :attr:`capacity`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.capacity)

    capacitySteps: Param[int] = Param(
        Params._dummy(),
        "capacitySteps",
        "The key objective.capacity-steps of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setCapacitySteps(self: T, value: int) -> T:
        """Sets :attr:`capacitySteps`."""
        return self._set(capacitySteps=value)  # type: ignore[return-value]

    def getCapacitySteps(self) -> int:
        """The value of :attr:`capacitySteps`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.capacitySteps)

    categoricalCols: Param[List[str]] = Param(
        Params._dummy(),
        "categoricalCols",
        "The key data.types.categorical of reference.conf.",
        typeConverter=TypeConverters.toListString,
    )

    def setCategoricalCols(self: T, value: List[str]) -> T:
        """Sets :attr:`categoricalCols`."""
        return self._set(categoricalCols=value)  # type: ignore[return-value]

    def getCategoricalCols(self) -> List[str]:
        """The value of :attr:`categoricalCols`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.categoricalCols)

    commonShare: Param[float] = Param(
        Params._dummy(),
        "commonShare",
        "The key data.common-share of reference.conf.",
        typeConverter=TypeConverters.toFloat,
    )

    def setCommonShare(self: T, value: float) -> T:
        """Sets :attr:`commonShare`."""
        return self._set(commonShare=value)  # type: ignore[return-value]

    def getCommonShare(self) -> float:
        """The value of :attr:`commonShare`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.commonShare)

    commonValues: Param[str] = Param(
        Params._dummy(),
        "commonValues",
        "The key data.common-values of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setCommonValues(self: T, value: str) -> T:
        """Sets :attr:`commonValues`."""
        return self._set(commonValues=value)  # type: ignore[return-value]

    def getCommonValues(self) -> str:
        """The value of :attr:`commonValues`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.commonValues)

    conditions: Param[List[str]] = Param(
        Params._dummy(),
        "conditions",
        "The key data.conditions of reference.conf.",
        typeConverter=TypeConverters.toListString,
    )

    def setConditions(self: T, value: List[str]) -> T:
        """Sets :attr:`conditions`."""
        return self._set(conditions=value)  # type: ignore[return-value]

    def getConditions(self) -> List[str]:
        """The value of :attr:`conditions`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.conditions)

    contamination: Param[float] = Param(
        Params._dummy(),
        "contamination",
        "The key scoring.contamination of reference.conf.",
        typeConverter=TypeConverters.toFloat,
    )

    def setContamination(self: T, value: float) -> T:
        """Sets :attr:`contamination`."""
        return self._set(contamination=value)  # type: ignore[return-value]

    def getContamination(self) -> float:
        """The value of :attr:`contamination`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.contamination)

    convolutionChannels: Param[List[int]] = Param(
        Params._dummy(),
        "convolutionChannels",
        "The key model.convolution.channels of reference.conf.",
        typeConverter=TypeConverters.toListInt,
    )

    def setConvolutionChannels(self: T, value: List[int]) -> T:
        """Sets :attr:`convolutionChannels`."""
        return self._set(convolutionChannels=value)  # type: ignore[return-value]

    def getConvolutionChannels(self) -> List[int]:
        """The value of :attr:`convolutionChannels`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.convolutionChannels)

    convolutionKernel: Param[int] = Param(
        Params._dummy(),
        "convolutionKernel",
        "The key model.convolution.kernel of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setConvolutionKernel(self: T, value: int) -> T:
        """Sets :attr:`convolutionKernel`."""
        return self._set(convolutionKernel=value)  # type: ignore[return-value]

    def getConvolutionKernel(self) -> int:
        """The value of :attr:`convolutionKernel`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.convolutionKernel)

    convolutionStrides: Param[List[int]] = Param(
        Params._dummy(),
        "convolutionStrides",
        "The key model.convolution.strides of reference.conf.",
        typeConverter=TypeConverters.toListInt,
    )

    def setConvolutionStrides(self: T, value: List[int]) -> T:
        """Sets :attr:`convolutionStrides`."""
        return self._set(convolutionStrides=value)  # type: ignore[return-value]

    def getConvolutionStrides(self) -> List[int]:
        """The value of :attr:`convolutionStrides`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.convolutionStrides)

    countCols: Param[List[str]] = Param(
        Params._dummy(),
        "countCols",
        "The key data.types.count of reference.conf.",
        typeConverter=TypeConverters.toListString,
    )

    def setCountCols(self: T, value: List[str]) -> T:
        """Sets :attr:`countCols`."""
        return self._set(countCols=value)  # type: ignore[return-value]

    def getCountCols(self) -> List[str]:
        """The value of :attr:`countCols`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.countCols)

    decoderSizes: Param[List[int]] = Param(
        Params._dummy(),
        "decoderSizes",
        "The key model.decoder-sizes of reference.conf.",
        typeConverter=TypeConverters.toListInt,
    )

    def setDecoderSizes(self: T, value: List[int]) -> T:
        """Sets :attr:`decoderSizes`."""
        return self._set(decoderSizes=value)  # type: ignore[return-value]

    def getDecoderSizes(self) -> List[int]:
        """The value of :attr:`decoderSizes`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.decoderSizes)

    earlyStopping: Param[int] = Param(
        Params._dummy(),
        "earlyStopping",
        "The key training.early-stopping of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setEarlyStopping(self: T, value: int) -> T:
        """Sets :attr:`earlyStopping`."""
        return self._set(earlyStopping=value)  # type: ignore[return-value]

    def getEarlyStopping(self) -> int:
        """The value of :attr:`earlyStopping`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.earlyStopping)

    encoderSizes: Param[List[int]] = Param(
        Params._dummy(),
        "encoderSizes",
        "The key model.encoder-sizes of reference.conf.",
        typeConverter=TypeConverters.toListInt,
    )

    def setEncoderSizes(self: T, value: List[int]) -> T:
        """Sets :attr:`encoderSizes`."""
        return self._set(encoderSizes=value)  # type: ignore[return-value]

    def getEncoderSizes(self) -> List[int]:
        """The value of :attr:`encoderSizes`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.encoderSizes)

    epochs: Param[int] = Param(
        Params._dummy(),
        "epochs",
        "The key training.epochs of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setEpochs(self: T, value: int) -> T:
        """Sets :attr:`epochs`."""
        return self._set(epochs=value)  # type: ignore[return-value]

    def getEpochs(self) -> int:
        """The value of :attr:`epochs`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.epochs)

    freeBits: Param[float] = Param(
        Params._dummy(),
        "freeBits",
        "The key objective.free-bits of reference.conf.",
        typeConverter=TypeConverters.toFloat,
    )

    def setFreeBits(self: T, value: float) -> T:
        """Sets :attr:`freeBits`."""
        return self._set(freeBits=value)  # type: ignore[return-value]

    def getFreeBits(self) -> float:
        """The value of :attr:`freeBits`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.freeBits)

    freeBitsScope: Param[str] = Param(
        Params._dummy(),
        "freeBitsScope",
        "The key objective.free-bits-scope of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setFreeBitsScope(self: T, value: str) -> T:
        """Sets :attr:`freeBitsScope`."""
        return self._set(freeBitsScope=value)  # type: ignore[return-value]

    def getFreeBitsScope(self) -> str:
        """The value of :attr:`freeBitsScope`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.freeBitsScope)

    gaussianCols: Param[List[str]] = Param(
        Params._dummy(),
        "gaussianCols",
        "The key data.likelihoods.gaussian of reference.conf.",
        typeConverter=TypeConverters.toListString,
    )

    def setGaussianCols(self: T, value: List[str]) -> T:
        """Sets :attr:`gaussianCols`."""
        return self._set(gaussianCols=value)  # type: ignore[return-value]

    def getGaussianCols(self) -> List[str]:
        """The value of :attr:`gaussianCols`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.gaussianCols)

    groupBy: Param[List[str]] = Param(
        Params._dummy(),
        "groupBy",
        "The key data.group-by of reference.conf.",
        typeConverter=TypeConverters.toListString,
    )

    def setGroupBy(self: T, value: List[str]) -> T:
        """Sets :attr:`groupBy`."""
        return self._set(groupBy=value)  # type: ignore[return-value]

    def getGroupBy(self) -> List[str]:
        """The value of :attr:`groupBy`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.groupBy)

    groupLeastRows: Param[int] = Param(
        Params._dummy(),
        "groupLeastRows",
        "The key data.group-least-rows of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setGroupLeastRows(self: T, value: int) -> T:
        """Sets :attr:`groupLeastRows`."""
        return self._set(groupLeastRows=value)  # type: ignore[return-value]

    def getGroupLeastRows(self) -> int:
        """The value of :attr:`groupLeastRows`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.groupLeastRows)

    hierarchy: Param[str] = Param(
        Params._dummy(),
        "hierarchy",
        "The key model.hierarchy of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setHierarchy(self: T, value: str) -> T:
        """Sets :attr:`hierarchy`."""
        return self._set(hierarchy=value)  # type: ignore[return-value]

    def getHierarchy(self) -> str:
        """The value of :attr:`hierarchy`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.hierarchy)

    ignoredCols: Param[List[str]] = Param(
        Params._dummy(),
        "ignoredCols",
        "Columns that are not modelled, such as identifiers.",
        typeConverter=TypeConverters.toListString,
    )

    def setIgnoredCols(self: T, value: List[str]) -> T:
        """Sets :attr:`ignoredCols`."""
        return self._set(ignoredCols=value)  # type: ignore[return-value]

    def getIgnoredCols(self) -> List[str]:
        """The value of :attr:`ignoredCols`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.ignoredCols)

    imageBinarise: Param[str] = Param(
        Params._dummy(),
        "imageBinarise",
        "The key data.image.binarise of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setImageBinarise(self: T, value: str) -> T:
        """Sets :attr:`imageBinarise`."""
        return self._set(imageBinarise=value)  # type: ignore[return-value]

    def getImageBinarise(self) -> str:
        """The value of :attr:`imageBinarise`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.imageBinarise)

    imageChannels: Param[int] = Param(
        Params._dummy(),
        "imageChannels",
        "The key data.image.channels of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setImageChannels(self: T, value: int) -> T:
        """Sets :attr:`imageChannels`."""
        return self._set(imageChannels=value)  # type: ignore[return-value]

    def getImageChannels(self) -> int:
        """The value of :attr:`imageChannels`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.imageChannels)

    imageHeight: Param[int] = Param(
        Params._dummy(),
        "imageHeight",
        "The key data.image.height of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setImageHeight(self: T, value: int) -> T:
        """Sets :attr:`imageHeight`."""
        return self._set(imageHeight=value)  # type: ignore[return-value]

    def getImageHeight(self) -> int:
        """The value of :attr:`imageHeight`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.imageHeight)

    imageLikelihood: Param[str] = Param(
        Params._dummy(),
        "imageLikelihood",
        "The key data.image.likelihood of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setImageLikelihood(self: T, value: str) -> T:
        """Sets :attr:`imageLikelihood`."""
        return self._set(imageLikelihood=value)  # type: ignore[return-value]

    def getImageLikelihood(self) -> str:
        """The value of :attr:`imageLikelihood`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.imageLikelihood)

    imageWidth: Param[int] = Param(
        Params._dummy(),
        "imageWidth",
        "The key data.image.width of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setImageWidth(self: T, value: int) -> T:
        """Sets :attr:`imageWidth`."""
        return self._set(imageWidth=value)  # type: ignore[return-value]

    def getImageWidth(self) -> int:
        """The value of :attr:`imageWidth`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.imageWidth)

    importanceWeighted: Param[bool] = Param(
        Params._dummy(),
        "importanceWeighted",
        "The key objective.importance-weighted of reference.conf.",
        typeConverter=TypeConverters.toBoolean,
    )

    def setImportanceWeighted(self: T, value: bool) -> T:
        """Sets :attr:`importanceWeighted`."""
        return self._set(importanceWeighted=value)  # type: ignore[return-value]

    def getImportanceWeighted(self) -> bool:
        """The value of :attr:`importanceWeighted`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.importanceWeighted)

    inputCols: Param[List[str]] = Param(
        Params._dummy(),
        "inputCols",
        "Columns that are modelled: numbers, texts, truth values, dates, times, images, vectors of Spark ML "
        "(a column for each element). Not set: all but those of ignoredCols, conditions, labelCol, "
        "anomalyIndicatorCol and validationIndicatorCol.",
        typeConverter=TypeConverters.toListString,
    )

    def setInputCols(self: T, value: List[str]) -> T:
        """Sets :attr:`inputCols`."""
        return self._set(inputCols=value)  # type: ignore[return-value]

    def getInputCols(self) -> List[str]:
        """The value of :attr:`inputCols`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.inputCols)

    klSchedule: Param[str] = Param(
        Params._dummy(),
        "klSchedule",
        "The key objective.kl-schedule of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setKlSchedule(self: T, value: str) -> T:
        """Sets :attr:`klSchedule`."""
        return self._set(klSchedule=value)  # type: ignore[return-value]

    def getKlSchedule(self) -> str:
        """The value of :attr:`klSchedule`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.klSchedule)

    klWarmUpSteps: Param[int] = Param(
        Params._dummy(),
        "klWarmUpSteps",
        "The key objective.kl-warm-up-steps of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setKlWarmUpSteps(self: T, value: int) -> T:
        """Sets :attr:`klWarmUpSteps`."""
        return self._set(klWarmUpSteps=value)  # type: ignore[return-value]

    def getKlWarmUpSteps(self) -> int:
        """The value of :attr:`klWarmUpSteps`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.klWarmUpSteps)

    labelCol: Param[str] = Param(
        Params._dummy(),
        "labelCol",
        "Column that says which rows are anomalies: these are not trained on, and the column is not "
        "modelled. It has 1 and 0, true and false, or yes and no, unless anomalyLabel is set. Not set: all "
        "rows are trained on.",
        typeConverter=TypeConverters.toString,
    )

    def setLabelCol(self: T, value: str) -> T:
        """Sets :attr:`labelCol`."""
        return self._set(labelCol=value)  # type: ignore[return-value]

    def getLabelCol(self) -> str:
        """The value of :attr:`labelCol`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.labelCol)

    largestCount: Param[int] = Param(
        Params._dummy(),
        "largestCount",
        "The key data.largest-count of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setLargestCount(self: T, value: int) -> T:
        """Sets :attr:`largestCount`."""
        return self._set(largestCount=value)  # type: ignore[return-value]

    def getLargestCount(self) -> int:
        """The value of :attr:`largestCount`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.largestCount)

    latentDensity: Param[str] = Param(
        Params._dummy(),
        "latentDensity",
        "The key generation.latent-density of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setLatentDensity(self: T, value: str) -> T:
        """Sets :attr:`latentDensity`."""
        return self._set(latentDensity=value)  # type: ignore[return-value]

    def getLatentDensity(self) -> str:
        """The value of :attr:`latentDensity`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.latentDensity)

    latentSize: Param[int] = Param(
        Params._dummy(),
        "latentSize",
        "The key model.latent-size of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setLatentSize(self: T, value: int) -> T:
        """Sets :attr:`latentSize`."""
        return self._set(latentSize=value)  # type: ignore[return-value]

    def getLatentSize(self) -> int:
        """The value of :attr:`latentSize`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.latentSize)

    learningRate: Param[float] = Param(
        Params._dummy(),
        "learningRate",
        "The key training.learning-rate of reference.conf.",
        typeConverter=TypeConverters.toFloat,
    )

    def setLearningRate(self: T, value: float) -> T:
        """Sets :attr:`learningRate`."""
        return self._set(learningRate=value)  # type: ignore[return-value]

    def getLearningRate(self) -> float:
        """The value of :attr:`learningRate`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.learningRate)

    learningRateFinalFraction: Param[float] = Param(
        Params._dummy(),
        "learningRateFinalFraction",
        "The key training.learning-rate-schedule.final-fraction of reference.conf.",
        typeConverter=TypeConverters.toFloat,
    )

    def setLearningRateFinalFraction(self: T, value: float) -> T:
        """Sets :attr:`learningRateFinalFraction`."""
        return self._set(learningRateFinalFraction=value)  # type: ignore[return-value]

    def getLearningRateFinalFraction(self) -> float:
        """The value of :attr:`learningRateFinalFraction`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.learningRateFinalFraction)

    learningRateShape: Param[str] = Param(
        Params._dummy(),
        "learningRateShape",
        "The key training.learning-rate-schedule.shape of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setLearningRateShape(self: T, value: str) -> T:
        """Sets :attr:`learningRateShape`."""
        return self._set(learningRateShape=value)  # type: ignore[return-value]

    def getLearningRateShape(self) -> str:
        """The value of :attr:`learningRateShape`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.learningRateShape)

    learningRateStepEvery: Param[int] = Param(
        Params._dummy(),
        "learningRateStepEvery",
        "The key training.learning-rate-schedule.step-every of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setLearningRateStepEvery(self: T, value: int) -> T:
        """Sets :attr:`learningRateStepEvery`."""
        return self._set(learningRateStepEvery=value)  # type: ignore[return-value]

    def getLearningRateStepEvery(self) -> int:
        """The value of :attr:`learningRateStepEvery`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.learningRateStepEvery)

    learningRateStepFactor: Param[float] = Param(
        Params._dummy(),
        "learningRateStepFactor",
        "The key training.learning-rate-schedule.step-factor of reference.conf.",
        typeConverter=TypeConverters.toFloat,
    )

    def setLearningRateStepFactor(self: T, value: float) -> T:
        """Sets :attr:`learningRateStepFactor`."""
        return self._set(learningRateStepFactor=value)  # type: ignore[return-value]

    def getLearningRateStepFactor(self) -> float:
        """The value of :attr:`learningRateStepFactor`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.learningRateStepFactor)

    learningRateWarmUpSteps: Param[int] = Param(
        Params._dummy(),
        "learningRateWarmUpSteps",
        "The key training.learning-rate-schedule.warm-up-steps of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setLearningRateWarmUpSteps(self: T, value: int) -> T:
        """Sets :attr:`learningRateWarmUpSteps`."""
        return self._set(learningRateWarmUpSteps=value)  # type: ignore[return-value]

    def getLearningRateWarmUpSteps(self) -> int:
        """The value of :attr:`learningRateWarmUpSteps`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.learningRateWarmUpSteps)

    levels: Param[str] = Param(
        Params._dummy(),
        "levels",
        "The key data.levels of reference.conf.",
        typeConverter=to_hocon,
    )

    def setLevels(self: T, value: Union[Mapping[str, Sequence[str]], str]) -> T:
        """Sets :attr:`levels`."""
        return self._set(levels=value)  # type: ignore[return-value]

    def getLevels(self) -> str:
        """The value of :attr:`levels`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.levels)

    marginalWeight: Param[float] = Param(
        Params._dummy(),
        "marginalWeight",
        "The key scoring.marginal-weight of reference.conf.",
        typeConverter=TypeConverters.toFloat,
    )

    def setMarginalWeight(self: T, value: float) -> T:
        """Sets :attr:`marginalWeight`."""
        return self._set(marginalWeight=value)  # type: ignore[return-value]

    def getMarginalWeight(self) -> float:
        """The value of :attr:`marginalWeight`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.marginalWeight)

    margins: Param[str] = Param(
        Params._dummy(),
        "margins",
        "The key generation.margins of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setMargins(self: T, value: str) -> T:
        """Sets :attr:`margins`."""
        return self._set(margins=value)  # type: ignore[return-value]

    def getMargins(self) -> str:
        """The value of :attr:`margins`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.margins)

    maskShare: Param[float] = Param(
        Params._dummy(),
        "maskShare",
        "The key objective.mask-share of reference.conf.",
        typeConverter=or_auto,
    )

    def setMaskShare(self: T, value: Union[float, str]) -> T:
        """Sets :attr:`maskShare`."""
        return self._set(maskShare=value)  # type: ignore[return-value]

    def getMaskShare(self) -> float:
        """The value of :attr:`maskShare`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.maskShare)

    master: Param[str] = Param(
        Params._dummy(),
        "master",
        "The key training.master of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setMaster(self: T, value: str) -> T:
        """Sets :attr:`master`."""
        return self._set(master=value)  # type: ignore[return-value]

    def getMaster(self) -> str:
        """The value of :attr:`master`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.master)

    maximumCategories: Param[int] = Param(
        Params._dummy(),
        "maximumCategories",
        "The key data.maximum-categories of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setMaximumCategories(self: T, value: int) -> T:
        """Sets :attr:`maximumCategories`."""
        return self._set(maximumCategories=value)  # type: ignore[return-value]

    def getMaximumCategories(self) -> int:
        """The value of :attr:`maximumCategories`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.maximumCategories)

    maximumLevels: Param[int] = Param(
        Params._dummy(),
        "maximumLevels",
        "The key data.maximum-levels of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setMaximumLevels(self: T, value: int) -> T:
        """Sets :attr:`maximumLevels`."""
        return self._set(maximumLevels=value)  # type: ignore[return-value]

    def getMaximumLevels(self) -> int:
        """The value of :attr:`maximumLevels`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.maximumLevels)

    measureEvery: Param[int] = Param(
        Params._dummy(),
        "measureEvery",
        "The key training.measure-every of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setMeasureEvery(self: T, value: int) -> T:
        """Sets :attr:`measureEvery`."""
        return self._set(measureEvery=value)  # type: ignore[return-value]

    def getMeasureEvery(self) -> int:
        """The value of :attr:`measureEvery`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.measureEvery)

    missing: Param[List[str]] = Param(
        Params._dummy(),
        "missing",
        "The key data.missing of reference.conf.",
        typeConverter=TypeConverters.toListString,
    )

    def setMissing(self: T, value: List[str]) -> T:
        """Sets :attr:`missing`."""
        return self._set(missing=value)  # type: ignore[return-value]

    def getMissing(self) -> List[str]:
        """The value of :attr:`missing`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.missing)

    negativeBinomialCols: Param[List[str]] = Param(
        Params._dummy(),
        "negativeBinomialCols",
        "The key data.likelihoods.negative-binomial of reference.conf.",
        typeConverter=TypeConverters.toListString,
    )

    def setNegativeBinomialCols(self: T, value: List[str]) -> T:
        """Sets :attr:`negativeBinomialCols`."""
        return self._set(negativeBinomialCols=value)  # type: ignore[return-value]

    def getNegativeBinomialCols(self) -> List[str]:
        """The value of :attr:`negativeBinomialCols`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.negativeBinomialCols)

    neighbourWeight: Param[float] = Param(
        Params._dummy(),
        "neighbourWeight",
        "The key scoring.neighbour-weight of reference.conf.",
        typeConverter=TypeConverters.toFloat,
    )

    def setNeighbourWeight(self: T, value: float) -> T:
        """Sets :attr:`neighbourWeight`."""
        return self._set(neighbourWeight=value)  # type: ignore[return-value]

    def getNeighbourWeight(self) -> float:
        """The value of :attr:`neighbourWeight`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.neighbourWeight)

    neighbourhood: Param[str] = Param(
        Params._dummy(),
        "neighbourhood",
        "The key scoring.neighbourhood of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setNeighbourhood(self: T, value: str) -> T:
        """Sets :attr:`neighbourhood`."""
        return self._set(neighbourhood=value)  # type: ignore[return-value]

    def getNeighbourhood(self) -> str:
        """The value of :attr:`neighbourhood`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.neighbourhood)

    network: Param[str] = Param(
        Params._dummy(),
        "network",
        "The key model.network of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setNetwork(self: T, value: str) -> T:
        """Sets :attr:`network`."""
        return self._set(network=value)  # type: ignore[return-value]

    def getNetwork(self) -> str:
        """The value of :attr:`network`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.network)

    numericShare: Param[float] = Param(
        Params._dummy(),
        "numericShare",
        "The key data.numeric-share of reference.conf.",
        typeConverter=TypeConverters.toFloat,
    )

    def setNumericShare(self: T, value: float) -> T:
        """Sets :attr:`numericShare`."""
        return self._set(numericShare=value)  # type: ignore[return-value]

    def getNumericShare(self) -> float:
        """The value of :attr:`numericShare`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.numericShare)

    objectiveSamples: Param[int] = Param(
        Params._dummy(),
        "objectiveSamples",
        "The key objective.samples of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setObjectiveSamples(self: T, value: int) -> T:
        """Sets :attr:`objectiveSamples`."""
        return self._set(objectiveSamples=value)  # type: ignore[return-value]

    def getObjectiveSamples(self) -> int:
        """The value of :attr:`objectiveSamples`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.objectiveSamples)

    optimizer: Param[str] = Param(
        Params._dummy(),
        "optimizer",
        "The key training.optimizer of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setOptimizer(self: T, value: str) -> T:
        """Sets :attr:`optimizer`."""
        return self._set(optimizer=value)  # type: ignore[return-value]

    def getOptimizer(self) -> str:
        """The value of :attr:`optimizer`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.optimizer)

    ordinalCols: Param[List[str]] = Param(
        Params._dummy(),
        "ordinalCols",
        "The key data.types.ordinal of reference.conf.",
        typeConverter=TypeConverters.toListString,
    )

    def setOrdinalCols(self: T, value: List[str]) -> T:
        """Sets :attr:`ordinalCols`."""
        return self._set(ordinalCols=value)  # type: ignore[return-value]

    def getOrdinalCols(self) -> List[str]:
        """The value of :attr:`ordinalCols`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.ordinalCols)

    outerLearningRate: Param[float] = Param(
        Params._dummy(),
        "outerLearningRate",
        "The key training.outer.learning-rate of reference.conf.",
        typeConverter=TypeConverters.toFloat,
    )

    def setOuterLearningRate(self: T, value: float) -> T:
        """Sets :attr:`outerLearningRate`."""
        return self._set(outerLearningRate=value)  # type: ignore[return-value]

    def getOuterLearningRate(self) -> float:
        """The value of :attr:`outerLearningRate`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.outerLearningRate)

    outerMoments: Param[str] = Param(
        Params._dummy(),
        "outerMoments",
        "The key training.outer.moments of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setOuterMoments(self: T, value: str) -> T:
        """Sets :attr:`outerMoments`."""
        return self._set(outerMoments=value)  # type: ignore[return-value]

    def getOuterMoments(self) -> str:
        """The value of :attr:`outerMoments`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.outerMoments)

    outerMomentum: Param[float] = Param(
        Params._dummy(),
        "outerMomentum",
        "The key training.outer.momentum of reference.conf.",
        typeConverter=TypeConverters.toFloat,
    )

    def setOuterMomentum(self: T, value: float) -> T:
        """Sets :attr:`outerMomentum`."""
        return self._set(outerMomentum=value)  # type: ignore[return-value]

    def getOuterMomentum(self) -> float:
        """The value of :attr:`outerMomentum`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.outerMomentum)

    outerOptimizer: Param[str] = Param(
        Params._dummy(),
        "outerOptimizer",
        "The key training.outer.optimizer of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setOuterOptimizer(self: T, value: str) -> T:
        """Sets :attr:`outerOptimizer`."""
        return self._set(outerOptimizer=value)  # type: ignore[return-value]

    def getOuterOptimizer(self) -> str:
        """The value of :attr:`outerOptimizer`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.outerOptimizer)

    pointMassesCols: Param[List[str]] = Param(
        Params._dummy(),
        "pointMassesCols",
        "The key data.likelihoods.point-masses of reference.conf.",
        typeConverter=TypeConverters.toListString,
    )

    def setPointMassesCols(self: T, value: List[str]) -> T:
        """Sets :attr:`pointMassesCols`."""
        return self._set(pointMassesCols=value)  # type: ignore[return-value]

    def getPointMassesCols(self) -> List[str]:
        """The value of :attr:`pointMassesCols`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.pointMassesCols)

    poissonCols: Param[List[str]] = Param(
        Params._dummy(),
        "poissonCols",
        "The key data.likelihoods.poisson of reference.conf.",
        typeConverter=TypeConverters.toListString,
    )

    def setPoissonCols(self: T, value: List[str]) -> T:
        """Sets :attr:`poissonCols`."""
        return self._set(poissonCols=value)  # type: ignore[return-value]

    def getPoissonCols(self) -> List[str]:
        """The value of :attr:`poissonCols`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.poissonCols)

    positiveCols: Param[List[str]] = Param(
        Params._dummy(),
        "positiveCols",
        "The key data.types.positive of reference.conf.",
        typeConverter=TypeConverters.toListString,
    )

    def setPositiveCols(self: T, value: List[str]) -> T:
        """Sets :attr:`positiveCols`."""
        return self._set(positiveCols=value)  # type: ignore[return-value]

    def getPositiveCols(self) -> List[str]:
        """The value of :attr:`positiveCols`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.positiveCols)

    posterior: Param[str] = Param(
        Params._dummy(),
        "posterior",
        "The key model.posterior of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setPosterior(self: T, value: str) -> T:
        """Sets :attr:`posterior`."""
        return self._set(posterior=value)  # type: ignore[return-value]

    def getPosterior(self) -> str:
        """The value of :attr:`posterior`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.posterior)

    posteriorSteps: Param[int] = Param(
        Params._dummy(),
        "posteriorSteps",
        "The key model.posterior-steps of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setPosteriorSteps(self: T, value: int) -> T:
        """Sets :attr:`posteriorSteps`."""
        return self._set(posteriorSteps=value)  # type: ignore[return-value]

    def getPosteriorSteps(self) -> int:
        """The value of :attr:`posteriorSteps`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.posteriorSteps)

    posteriorUnits: Param[int] = Param(
        Params._dummy(),
        "posteriorUnits",
        "The key model.posterior-units of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setPosteriorUnits(self: T, value: int) -> T:
        """Sets :attr:`posteriorUnits`."""
        return self._set(posteriorUnits=value)  # type: ignore[return-value]

    def getPosteriorUnits(self) -> int:
        """The value of :attr:`posteriorUnits`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.posteriorUnits)

    precision: Param[str] = Param(
        Params._dummy(),
        "precision",
        "The key training.precision of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setPrecision(self: T, value: str) -> T:
        """Sets :attr:`precision`."""
        return self._set(precision=value)  # type: ignore[return-value]

    def getPrecision(self) -> str:
        """The value of :attr:`precision`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.precision)

    prior: Param[str] = Param(
        Params._dummy(),
        "prior",
        "The key model.prior of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setPrior(self: T, value: str) -> T:
        """Sets :attr:`prior`."""
        return self._set(prior=value)  # type: ignore[return-value]

    def getPrior(self) -> str:
        """The value of :attr:`prior`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.prior)

    priorComponents: Param[int] = Param(
        Params._dummy(),
        "priorComponents",
        "The key model.prior-components of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setPriorComponents(self: T, value: int) -> T:
        """Sets :attr:`priorComponents`."""
        return self._set(priorComponents=value)  # type: ignore[return-value]

    def getPriorComponents(self) -> int:
        """The value of :attr:`priorComponents`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.priorComponents)

    priorCouplings: Param[int] = Param(
        Params._dummy(),
        "priorCouplings",
        "The key model.prior-couplings of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setPriorCouplings(self: T, value: int) -> T:
        """Sets :attr:`priorCouplings`."""
        return self._set(priorCouplings=value)  # type: ignore[return-value]

    def getPriorCouplings(self) -> int:
        """The value of :attr:`priorCouplings`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.priorCouplings)

    priorUnits: Param[int] = Param(
        Params._dummy(),
        "priorUnits",
        "The key model.prior-units of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setPriorUnits(self: T, value: int) -> T:
        """Sets :attr:`priorUnits`."""
        return self._set(priorUnits=value)  # type: ignore[return-value]

    def getPriorUnits(self) -> int:
        """The value of :attr:`priorUnits`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.priorUnits)

    realCols: Param[List[str]] = Param(
        Params._dummy(),
        "realCols",
        "The key data.types.real of reference.conf.",
        typeConverter=TypeConverters.toListString,
    )

    def setRealCols(self: T, value: List[str]) -> T:
        """Sets :attr:`realCols`."""
        return self._set(realCols=value)  # type: ignore[return-value]

    def getRealCols(self) -> List[str]:
        """The value of :attr:`realCols`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.realCols)

    replicas: Param[int] = Param(
        Params._dummy(),
        "replicas",
        "The key training.replicas of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setReplicas(self: T, value: int) -> T:
        """Sets :attr:`replicas`."""
        return self._set(replicas=value)  # type: ignore[return-value]

    def getReplicas(self) -> int:
        """The value of :attr:`replicas`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.replicas)

    reportImages: Param[int] = Param(
        Params._dummy(),
        "reportImages",
        "The key report.images of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setReportImages(self: T, value: int) -> T:
        """Sets :attr:`reportImages`."""
        return self._set(reportImages=value)  # type: ignore[return-value]

    def getReportImages(self) -> int:
        """The value of :attr:`reportImages`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.reportImages)

    robust: Param[str] = Param(
        Params._dummy(),
        "robust",
        "The key training.robust of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setRobust(self: T, value: str) -> T:
        """Sets :attr:`robust`."""
        return self._set(robust=value)  # type: ignore[return-value]

    def getRobust(self) -> str:
        """The value of :attr:`robust`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.robust)

    robustShare: Param[float] = Param(
        Params._dummy(),
        "robustShare",
        "The key training.robust-share of reference.conf.",
        typeConverter=TypeConverters.toFloat,
    )

    def setRobustShare(self: T, value: float) -> T:
        """Sets :attr:`robustShare`."""
        return self._set(robustShare=value)  # type: ignore[return-value]

    def getRobustShare(self) -> float:
        """The value of :attr:`robustShare`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.robustShare)

    seed: Param[int] = Param(
        Params._dummy(),
        "seed",
        "The key seed of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setSeed(self: T, value: int) -> T:
        """Sets :attr:`seed`."""
        return self._set(seed=value)  # type: ignore[return-value]

    def getSeed(self) -> int:
        """The value of :attr:`seed`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.seed)

    studentTCols: Param[List[str]] = Param(
        Params._dummy(),
        "studentTCols",
        "The key data.likelihoods.student-t of reference.conf.",
        typeConverter=TypeConverters.toListString,
    )

    def setStudentTCols(self: T, value: List[str]) -> T:
        """Sets :attr:`studentTCols`."""
        return self._set(studentTCols=value)  # type: ignore[return-value]

    def getStudentTCols(self) -> List[str]:
        """The value of :attr:`studentTCols`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.studentTCols)

    tailFit: Param[str] = Param(
        Params._dummy(),
        "tailFit",
        "The key scoring.tail-fit of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setTailFit(self: T, value: str) -> T:
        """Sets :attr:`tailFit`."""
        return self._set(tailFit=value)  # type: ignore[return-value]

    def getTailFit(self) -> str:
        """The value of :attr:`tailFit`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.tailFit)

    tailQuantile: Param[float] = Param(
        Params._dummy(),
        "tailQuantile",
        "The key scoring.tail-quantile of reference.conf.",
        typeConverter=TypeConverters.toFloat,
    )

    def setTailQuantile(self: T, value: float) -> T:
        """Sets :attr:`tailQuantile`."""
        return self._set(tailQuantile=value)  # type: ignore[return-value]

    def getTailQuantile(self) -> float:
        """The value of :attr:`tailQuantile`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.tailQuantile)

    tailRisk: Param[float] = Param(
        Params._dummy(),
        "tailRisk",
        "The key scoring.tail-risk of reference.conf.",
        typeConverter=TypeConverters.toFloat,
    )

    def setTailRisk(self: T, value: float) -> T:
        """Sets :attr:`tailRisk`."""
        return self._set(tailRisk=value)  # type: ignore[return-value]

    def getTailRisk(self) -> float:
        """The value of :attr:`tailRisk`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.tailRisk)

    tensorboard: Param[str] = Param(
        Params._dummy(),
        "tensorboard",
        "The key training.tensorboard of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setTensorboard(self: T, value: str) -> T:
        """Sets :attr:`tensorboard`."""
        return self._set(tensorboard=value)  # type: ignore[return-value]

    def getTensorboard(self) -> str:
        """The value of :attr:`tensorboard`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.tensorboard)

    thresholdQuantile: Param[float] = Param(
        Params._dummy(),
        "thresholdQuantile",
        "The key scoring.threshold-quantile of reference.conf.",
        typeConverter=TypeConverters.toFloat,
    )

    def setThresholdQuantile(self: T, value: float) -> T:
        """Sets :attr:`thresholdQuantile`."""
        return self._set(thresholdQuantile=value)  # type: ignore[return-value]

    def getThresholdQuantile(self) -> float:
        """The value of :attr:`thresholdQuantile`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.thresholdQuantile)

    thresholdRule: Param[str] = Param(
        Params._dummy(),
        "thresholdRule",
        "The key scoring.threshold of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setThresholdRule(self: T, value: str) -> T:
        """Sets :attr:`thresholdRule`."""
        return self._set(thresholdRule=value)  # type: ignore[return-value]

    def getThresholdRule(self) -> str:
        """The value of :attr:`thresholdRule`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.thresholdRule)

    timeCols: Param[str] = Param(
        Params._dummy(),
        "timeCols",
        "The key data.types.time of reference.conf.",
        typeConverter=to_hocon,
    )

    def setTimeCols(self: T, value: Union[Mapping[str, str], Sequence[str], str]) -> T:
        """Sets :attr:`timeCols`."""
        return self._set(timeCols=value)  # type: ignore[return-value]

    def getTimeCols(self) -> str:
        """The value of :attr:`timeCols`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.timeCols)

    unusable: Param[str] = Param(
        Params._dummy(),
        "unusable",
        "The key data.unusable of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setUnusable(self: T, value: str) -> T:
        """Sets :attr:`unusable`."""
        return self._set(unusable=value)  # type: ignore[return-value]

    def getUnusable(self) -> str:
        """The value of :attr:`unusable`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.unusable)

    upperHiddenLayers: Param[int] = Param(
        Params._dummy(),
        "upperHiddenLayers",
        "The key model.upper-hidden-layers of reference.conf.",
        typeConverter=TypeConverters.toInt,
    )

    def setUpperHiddenLayers(self: T, value: int) -> T:
        """Sets :attr:`upperHiddenLayers`."""
        return self._set(upperHiddenLayers=value)  # type: ignore[return-value]

    def getUpperHiddenLayers(self) -> int:
        """The value of :attr:`upperHiddenLayers`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.upperHiddenLayers)

    upperLatentSizes: Param[List[int]] = Param(
        Params._dummy(),
        "upperLatentSizes",
        "The key model.upper-latent-sizes of reference.conf.",
        typeConverter=TypeConverters.toListInt,
    )

    def setUpperLatentSizes(self: T, value: List[int]) -> T:
        """Sets :attr:`upperLatentSizes`."""
        return self._set(upperLatentSizes=value)  # type: ignore[return-value]

    def getUpperLatentSizes(self) -> List[int]:
        """The value of :attr:`upperLatentSizes`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.upperLatentSizes)

    upperUnits: Param[List[int]] = Param(
        Params._dummy(),
        "upperUnits",
        "The key model.upper-units of reference.conf.",
        typeConverter=TypeConverters.toListInt,
    )

    def setUpperUnits(self: T, value: List[int]) -> T:
        """Sets :attr:`upperUnits`."""
        return self._set(upperUnits=value)  # type: ignore[return-value]

    def getUpperUnits(self) -> List[int]:
        """The value of :attr:`upperUnits`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.upperUnits)

    validationFraction: Param[float] = Param(
        Params._dummy(),
        "validationFraction",
        "The key data.validation-fraction of reference.conf.",
        typeConverter=TypeConverters.toFloat,
    )

    def setValidationFraction(self: T, value: float) -> T:
        """Sets :attr:`validationFraction`."""
        return self._set(validationFraction=value)  # type: ignore[return-value]

    def getValidationFraction(self) -> float:
        """The value of :attr:`validationFraction`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.validationFraction)

    validationIndicatorCol: Param[str] = Param(
        Params._dummy(),
        "validationIndicatorCol",
        "Column of truth values: rows where it is true are held out to measure the ELBO and the normal "
        "scores, and validationFraction means nothing. It is not modelled. Not set: a share of the rows is "
        "held out.",
        typeConverter=TypeConverters.toString,
    )

    def setValidationIndicatorCol(self: T, value: str) -> T:
        """Sets :attr:`validationIndicatorCol`."""
        return self._set(validationIndicatorCol=value)  # type: ignore[return-value]

    def getValidationIndicatorCol(self) -> str:
        """The value of :attr:`validationIndicatorCol`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.validationIndicatorCol)

    variance: Param[str] = Param(
        Params._dummy(),
        "variance",
        "The key model.variance of reference.conf.",
        typeConverter=TypeConverters.toString,
    )

    def setVariance(self: T, value: str) -> T:
        """Sets :attr:`variance`."""
        return self._set(variance=value)  # type: ignore[return-value]

    def getVariance(self) -> str:
        """The value of :attr:`variance`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.variance)

    varianceFloor: Param[float] = Param(
        Params._dummy(),
        "varianceFloor",
        "The key model.variance-floor of reference.conf.",
        typeConverter=TypeConverters.toFloat,
    )

    def setVarianceFloor(self: T, value: float) -> T:
        """Sets :attr:`varianceFloor`."""
        return self._set(varianceFloor=value)  # type: ignore[return-value]

    def getVarianceFloor(self) -> float:
        """The value of :attr:`varianceFloor`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.varianceFloor)

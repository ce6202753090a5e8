//! Metrics that are read when somebody asks, as OpenMetrics text.

use std::fmt;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, MetricEncoder, NoLabelSet};
use prometheus_client::metrics::MetricType;

/// In the order in which they are told.
#[derive(Debug, Default)]
pub(super) struct Exposition(Vec<Family>);

/// All series of one name.
#[derive(Debug)]
pub(super) struct Family {
    name: &'static str,
    help: &'static str,
    kind: MetricType,
    samples: Vec<Sample>,
}

#[derive(Debug)]
struct Sample {
    labels: Vec<(&'static str, String)>,
    value: Value,
}

#[derive(Debug)]
enum Value {
    Number(f64),
    /// The sum, and each bucket by its upper bound; the last bound is infinite.
    Histogram {
        sum: f64,
        buckets: Vec<(f64, u64)>,
    },
}

impl Exposition {
    pub(super) fn gauge(&mut self, name: &'static str, help: &'static str) -> &mut Family {
        self.family(name, help, MetricType::Gauge)
    }

    /// `name` is without the `_total` that its series has.
    pub(super) fn counter(&mut self, name: &'static str, help: &'static str) -> &mut Family {
        self.family(name, help, MetricType::Counter)
    }

    pub(super) fn histogram(&mut self, name: &'static str, help: &'static str) -> &mut Family {
        self.family(name, help, MetricType::Histogram)
    }

    /// A gauge of one series.
    pub(super) fn one(&mut self, name: &'static str, help: &'static str, value: f64) {
        self.gauge(name, help).add([], value);
    }

    /// As [`Self::one`], if there is a value.
    pub(super) fn any(&mut self, name: &'static str, help: &'static str, value: Option<f64>) {
        self.gauge(name, help).add_any([], value);
    }

    fn family(&mut self, name: &'static str, help: &'static str, kind: MetricType) -> &mut Family {
        self.0.push(Family { name, help, kind, samples: Vec::new() });
        self.0.last_mut().expect("it was just pushed")
    }
}

impl Family {
    pub(super) fn add<const N: usize>(&mut self, labels: [(&'static str, &str); N], value: f64) {
        self.push(labels, Value::Number(value));
    }

    pub(super) fn add_any<const N: usize>(
        &mut self,
        labels: [(&'static str, &str); N],
        value: Option<f64>,
    ) {
        if let Some(value) = value {
            self.add(labels, value);
        }
    }

    pub(super) fn add_histogram<const N: usize>(
        &mut self,
        labels: [(&'static str, &str); N],
        sum: f64,
        buckets: Vec<(f64, u64)>,
    ) {
        self.push(labels, Value::Histogram { sum, buckets });
    }

    fn push<const N: usize>(&mut self, labels: [(&'static str, &str); N], value: Value) {
        let labels = labels.map(|(name, it)| (name, it.to_owned())).into();
        self.samples.push(Sample { labels, value });
    }
}

impl Collector for Exposition {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        for it in self.0.iter().filter(|it| !it.samples.is_empty()) {
            let mut family = encoder.encode_descriptor(it.name, it.help, None, it.kind)?;
            for sample in &it.samples {
                if sample.labels.is_empty() {
                    write(&mut family, it.kind, &sample.value)?;
                } else {
                    let labels = sample.labels.as_slice();
                    write(&mut family.encode_family(&labels)?, it.kind, &sample.value)?;
                }
            }
        }
        Ok(())
    }
}

fn write(encoder: &mut MetricEncoder<'_>, kind: MetricType, value: &Value) -> fmt::Result {
    match value {
        Value::Number(value) if matches!(kind, MetricType::Counter) => {
            encoder.encode_counter::<NoLabelSet, f64, f64>(value, None)
        }
        Value::Number(value) => encoder.encode_gauge(value),
        Value::Histogram { sum, buckets } => {
            let count = buckets.iter().map(|it| it.1).sum();
            encoder.encode_histogram::<NoLabelSet>(*sum, count, buckets, None)
        }
    }
}
